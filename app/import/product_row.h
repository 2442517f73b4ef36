// A row of a products file, as it was read: its fields in their types, cleaned, nothing decided yet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/import/row_problem.h"
#include "services/catalog/catalog.api.h"

namespace bramble::importing {

struct ProductRow {
  std::string source;  // whose numbers `id` is one of
  std::string id;
  std::string title;
  std::string language;  // "ru", "en"; empty: not said, or mixed
  std::string brand;
  std::string description;
  std::string barcode;
  std::vector<std::string> category_path;  // from the top
  std::optional<std::int64_t> price_minor;
  std::optional<std::int64_t> old_price_minor;
  std::string currency = "RUB";
  std::optional<double> rating;  // as it is written: of five, or of ten
  std::int64_t reviews_count = 0;
  std::vector<catalog::Attribute> attributes;  // and every field that is not known here
};

// Reads one line of JSON. A field of the wrong type is a problem: one that a card cannot do without makes the
// row be skipped. What could be read is returned even then, so that the problem can name its row.
ProductRow read_row(std::string_view line, RowProblems& problems);

// Whether any of them lets the row not be taken.
bool is_skipped(const RowProblems& problems);

}  // namespace bramble::importing
