// What stands on goods and is scanned, typed or imported. A GTIN (EAN, UPC, ISBN 13) is one number however
// many zeros are before it and whatever a symbol holds beside it; every other code is a text as its maker
// wrote it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bramble {

inline constexpr std::size_t longest_goods_code = 255;

// 8, 12, 13 or 14 digits of which the last is the right check digit.
bool is_gtin(std::string_view text);
// Digits as many as a GTIN has, and a check digit that is wrong: read badly, most likely.
bool has_wrong_check_digit(std::string_view text);

struct GoodsCode {
  std::string key;     // equal for equal goods: 14 digits of a GTIN, or the text
  std::string serial;  // the unit's own, where its symbol has one
  bool is_gtin = false;
};

// Takes any bytes: plain digits, and GS1 element strings ("01…21…") with group separators (29) or brackets,
// with or without a scanner's symbology prefix ("]d2"), and the addresses of GS1 Digital Link.
GoodsCode read_goods_code(std::string_view text);

bool is_same_goods_code(std::string_view left, std::string_view right);

}  // namespace bramble
