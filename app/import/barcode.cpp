#include "app/import/barcode.h"

namespace bramble::importing {
namespace {

constexpr std::string_view names[] = {"ean",    "ean13", "gtin",     "upc",     "barcode",
                                      "isbn13", "isbn",  "штрихкод", "Штрихкод"};

}  // namespace

bool is_gtin(std::string_view text) {
  if (text.size() != 8 && text.size() != 12 && text.size() != 13 && text.size() != 14) return false;
  int sum = 0;
  int weight = 1;
  for (auto at = text.rbegin(); at != text.rend(); ++at, weight = 4 - weight) {
    if (*at < '0' || *at > '9') return false;
    sum += (*at - '0') * weight;
  }
  // All zeros add up as well.
  return sum > 0 && sum % 10 == 0;
}

std::string barcode_among(const std::vector<catalog::Attribute>& attributes) {
  for (const auto& attribute : attributes) {
    bool is_named = std::find(std::begin(names), std::end(names), attribute.name) != std::end(names);
    if (is_named && is_gtin(attribute.value)) return attribute.value;
  }
  return {};
}

}  // namespace bramble::importing
