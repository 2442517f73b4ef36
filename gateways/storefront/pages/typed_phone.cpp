#include "gateways/storefront/pages/typed_phone.h"

#include <algorithm>

namespace bramble::storefront {
namespace {

constexpr std::size_t fewest_digits = 8;
constexpr std::size_t most_digits = 15;
constexpr std::size_t russian_digits = 11;  // with the country's 7

bool is_punctuation(std::string_view text) {
  return text.find_first_not_of(" \t()-.\u00A0\u2011\u2013") == std::string_view::npos;
}

}  // namespace

std::optional<std::string> phone_of(std::string_view typed) {
  bool international = false;
  std::string digits;
  for (std::size_t at = 0; at < typed.size(); ++at) {
    char c = typed[at];
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == '+' && digits.empty() && !international) {
      international = true;
    } else if (!is_punctuation(typed.substr(at, 1))) {
      return std::nullopt;
    }
  }
  if (!international && digits.starts_with("00")) {
    international = true;
    digits.erase(0, 2);
  }
  if (!international && digits.size() == russian_digits && digits[0] == '8') digits[0] = '7';
  if (!international && digits.size() == russian_digits - 1) digits.insert(0, "7");
  bool possible = digits.size() >= fewest_digits && digits.size() <= most_digits && digits[0] != '0';
  bool without_country = !international && (digits.size() != russian_digits || digits[0] != '7');
  if (!possible || without_country) return std::nullopt;
  return "+" + digits;
}

std::string phone_text(std::string_view phone) {
  if (phone.size() != russian_digits + 1 || !phone.starts_with("+7")) return std::string(phone);
  std::string text = "+7\u00A0";
  text.append(phone.substr(2, 3)).append("\u00A0").append(phone.substr(5, 3));
  text.append("\u2011").append(phone.substr(8, 2)).append("\u2011").append(phone.substr(10, 2));
  return text;
}

}  // namespace bramble::storefront
