// Makes a catalogue's card of a row. What becomes of a row depends on the options and on the rows before it,
// and on nothing else: so a run that begins anew, or goes on where another was cut off, makes the same cards.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "app/import/category_book.h"
#include "app/import/exchange_rates.h"
#include "app/import/product_row.h"
#include "app/import/seen_set.h"

namespace bramble::importing {

struct MappingOptions {
  ExchangeRates rates;
  std::optional<std::int64_t>
      default_price_minor;                  // of rows without a price, RUB; without it they are skipped
  std::set<std::string> ten_point_sources;  // whose ratings go up to ten

  // The same for the same options, another for others.
  std::string text() const;
};

class CardMapper {
 public:
  explicit CardMapper(MappingOptions options) : options_(std::move(options)) {}

  // Nothing if a problem skips the row.
  std::optional<catalog::Card> map(ProductRow row, RowProblems& problems);

  CategoryBook& categories() { return categories_; }

 private:
  void check(const ProductRow& row, RowProblems& problems);
  std::optional<catalog::Sku> sku_of(const ProductRow& row, RowProblems& problems) const;
  void add_barcode(const ProductRow& row, catalog::Sku& sku, RowProblems& problems);
  void add_rating(const ProductRow& row, catalog::Card& card, RowProblems& problems) const;

  MappingOptions options_;
  CategoryBook categories_;
  SeenSet products_;
  SeenSet barcodes_;
};

// "sel_icecat"; for a source whose name is no id, its letters and something of its digest.
SellerId seller_of(const std::string& source);

}  // namespace bramble::importing
