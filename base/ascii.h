// ASCII letters without their case, for names that people and protocols write in any case. All other bytes
// count as they are.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace bramble {

constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

inline std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (auto& c : lower) c = ascii_lower(c);
  return lower;
}

constexpr bool is_same_ascii(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
}

}  // namespace bramble
