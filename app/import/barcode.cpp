#include "app/import/barcode.h"

#include "base/goods_code.h"

namespace bramble::importing {
namespace {

constexpr std::string_view names[] = {"ean",    "ean13", "gtin",     "upc",     "barcode",
                                      "isbn13", "isbn",  "штрихкод", "Штрихкод"};

}  // namespace

std::string gtin_in(std::string_view text) {
  std::string digits(text);
  std::erase_if(digits, [](char c) { return c == '-' || c == ' '; });
  if (is_gtin(digits)) return digits;
  auto code = read_goods_code(text);
  return code.is_gtin ? code.key : std::string();
}

std::string barcode_among(const std::vector<catalog::Attribute>& attributes) {
  for (const auto& attribute : attributes) {
    bool is_named = std::find(std::begin(names), std::end(names), attribute.name) != std::end(names);
    if (!is_named) continue;
    if (auto gtin = gtin_in(attribute.value); !gtin.empty()) return gtin;
  }
  return {};
}

}  // namespace bramble::importing
