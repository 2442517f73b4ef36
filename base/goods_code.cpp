#include "base/goods_code.h"

#include <algorithm>
#include <optional>

namespace bramble {
namespace {

constexpr std::size_t gtin_digits = 14;
constexpr std::size_t longest_serial = 20;
constexpr char group_separator = '\x1D';
constexpr std::string_view gtin_identifier = "01";
constexpr std::string_view serial_identifier = "21";
constexpr std::string_view link_to_gtin = "/01/";
constexpr std::string_view link_to_serial = "/21/";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool are_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

bool has_gtin_length(std::string_view text) {
  return text.size() == 8 || (text.size() >= 12 && text.size() <= gtin_digits);
}

// All zeros add up as well.
bool adds_up(std::string_view digits) {
  int sum = 0;
  int weight = 1;
  for (auto at = digits.rbegin(); at != digits.rend(); ++at, weight = 4 - weight) sum += (*at - '0') * weight;
  return sum > 0 && sum % 10 == 0;
}

// GS1 General Specifications, figure 7.8.5-2: how many characters follow an identifier that needs no
// separator behind its value; 0 for the others.
std::size_t fixed_length(std::string_view identifier) {
  int number = (identifier[0] - '0') * 10 + (identifier[1] - '0');
  if (number == 0) return 18;
  if (number >= 1 && number <= 4) return number == 4 ? 16 : 14;
  if (number >= 11 && number <= 19) return 6;
  if (number == 20) return 2;
  if (number >= 31 && number <= 36) return 8;
  if (number == 41) return 14;
  return 0;
}

// Numbers of sold goods, in what a symbol holds.
struct Elements {
  std::string_view gtin;
  std::string_view serial;
};

std::string_view take(std::string_view& rest, std::size_t length) {
  auto taken = rest.substr(0, length);
  rest.remove_prefix(taken.size());
  return taken;
}

// "01" 14 digits, then any elements; nothing if it is not made so.
std::optional<Elements> elements_of(std::string_view rest) {
  Elements found;
  while (!rest.empty()) {
    if (rest.front() == group_separator) {
      rest.remove_prefix(1);
      continue;
    }
    auto identifier = take(rest, 2);
    if (identifier.size() < 2 || !are_digits(identifier)) return std::nullopt;
    auto length = fixed_length(identifier);
    auto value = take(rest, length > 0 ? length : std::min(rest.find(group_separator), rest.size()));
    if (value.empty() || value.size() < length) return std::nullopt;
    if (identifier == gtin_identifier) found.gtin = value;
    if (identifier == serial_identifier) found.serial = value;
  }
  return found;
}

// "(01)04600…(21)abc", as people read it.
std::optional<Elements> bracketed_elements(std::string_view rest) {
  Elements found;
  while (!rest.empty()) {
    auto close = rest.find(')');
    if (rest.front() != '(' || close == std::string_view::npos) return std::nullopt;
    auto identifier = rest.substr(1, close - 1);
    rest.remove_prefix(close + 1);
    auto value = take(rest, std::min(rest.find('('), rest.size()));
    if (identifier == gtin_identifier) found.gtin = value;
    if (identifier == serial_identifier) found.serial = value;
  }
  return found;
}

std::optional<Elements> linked_elements(std::string_view text) {
  if (!text.starts_with("http://") && !text.starts_with("https://")) return std::nullopt;
  auto path = text.substr(0, text.find_first_of("?#"));
  auto part_behind = [&](std::string_view name) {
    auto at = path.find(name);
    if (at == std::string_view::npos) return std::string_view();
    auto part = path.substr(at + name.size());
    return part.substr(0, part.find('/'));
  };
  return Elements{part_behind(link_to_gtin), part_behind(link_to_serial)};
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

GoodsCode gtin_code(std::string_view gtin, std::string_view serial) {
  auto key = std::string(gtin_digits - gtin.size(), '0').append(gtin);
  return {std::move(key), std::string(serial.substr(0, longest_serial)), true};
}

}  // namespace

bool is_gtin(std::string_view text) { return has_gtin_length(text) && are_digits(text) && adds_up(text); }

bool has_wrong_check_digit(std::string_view text) {
  return has_gtin_length(text) && are_digits(text) && !adds_up(text);
}

GoodsCode read_goods_code(std::string_view text) {
  text = trimmed(text);
  if (text.size() > 3 && text[0] == ']' && is_letter(text[1]) && (is_digit(text[2]) || is_letter(text[2])))
    text.remove_prefix(3);
  if (text.starts_with(group_separator)) text.remove_prefix(1);
  if (is_gtin(text)) return gtin_code(text, {});
  std::optional<Elements> elements;
  if (text.starts_with("(")) elements = bracketed_elements(text);
  else if (text.starts_with(gtin_identifier)) elements = elements_of(text);
  else elements = linked_elements(text);
  if (elements && is_gtin(elements->gtin)) return gtin_code(elements->gtin, elements->serial);
  return {std::string(text), {}, false};
}

bool is_same_goods_code(std::string_view left, std::string_view right) {
  return left == right || read_goods_code(left).key == read_goods_code(right).key;
}

}  // namespace bramble
