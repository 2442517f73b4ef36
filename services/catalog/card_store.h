// The tables of cards, SKUs and prices; the only file that knows them. Every function is one step of the
// caller's transaction.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "ports/database.h"
#include "services/catalog/catalog.api.h"

namespace bramble::catalog {

class CardStore {
 public:
  std::optional<Card> find(Tx& tx, const ProductId& product) const;
  std::optional<ProductId> product_of(Tx& tx, const SkuId& sku) const;
  // However the barcode is written (base/goods_code.h).
  std::optional<SkuId> sku_with_barcode(Tx& tx, const std::string& barcode) const;
  std::vector<SkuId> skus_with_vendor_code(Tx& tx, const std::string& vendor_code, std::int64_t limit) const;
  CountReply count(Tx& tx) const;

  // Stores what next_version gave; `earlier` as it was read in this transaction, null for a new card. Throws
  // Error conflict if a barcode, a vendor code or a SKU belongs to another, naming the field below `where`.
  void write(Tx& tx, const Card& card, const Card* earlier, const std::string& where) const;

  // Takes what inventory told, if it is news.
  bool turn(Tx& tx, const SkuId& sku, bool in_stock, std::int64_t version) const;
  // Those SKUs of the product that can be bought.
  std::set<SkuId> in_stock(Tx& tx, const ProductId& product) const;

 private:
  void must_be_free(Tx& tx, const Card& card, const Card* earlier, const std::string& where) const;
  void write_sku(Tx& tx, const Card& card, std::size_t position, const Card* earlier) const;
};

}  // namespace bramble::catalog
