// Codes of goods, as they are scanned, typed or imported. A GTIN (EAN, UPC, ISBN-13) is one number, whatever
// leading zeros it has and whatever else its symbol contains. Every other code is the text that its maker
// wrote.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bramble {

inline constexpr std::size_t longest_goods_code = 255;

// True for 8, 12, 13 or 14 digits with a correct check digit.
bool is_gtin(std::string_view text);
// True for a number with the length of a GTIN and a wrong check digit: probably a misread code.
bool has_wrong_check_digit(std::string_view text);

struct GoodsCode {
  std::string key;     // equal for equal goods: the 14 digits of a GTIN, or the text
  std::string serial;  // of the unit, if the symbol contains one
  bool is_gtin = false;
};

// Accepts any bytes: plain digits; GS1 element strings ("01…21…") with group separators (29) or brackets,
// with or without the symbology prefix of a scanner ("]d2"); and addresses of GS1 Digital Link.
GoodsCode read_goods_code(std::string_view text);

bool is_same_goods_code(std::string_view left, std::string_view right);

}  // namespace bramble
