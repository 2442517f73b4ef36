#include "ports/http_encoding.h"

#include <algorithm>
#include <optional>

namespace bramble {
namespace {

std::string_view trim(std::string_view text) {
  auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

// Whether the parameters after a coding's name give it a weight above zero.
bool has_weight(std::string_view parameters) {
  auto weight = trim(parameters);
  if (weight.size() < 2 || lower(weight[0]) != 'q' || weight[1] != '=') return true;
  return weight.find_first_of("123456789", 2) != std::string_view::npos;
}

}  // namespace

AcceptEncoding parse_accept_encoding(std::string_view value) {
  std::optional<bool> brotli;
  std::optional<bool> gzip;
  bool any = false;
  while (!value.empty()) {
    auto comma = value.find(',');
    auto item = value.substr(0, comma);
    value = comma == std::string_view::npos ? std::string_view() : value.substr(comma + 1);
    auto semicolon = item.find(';');
    auto name = trim(item.substr(0, semicolon));
    bool wanted = semicolon == std::string_view::npos || has_weight(item.substr(semicolon + 1));
    if (same_word(name, "br")) brotli = wanted;
    if (same_word(name, "gzip") || same_word(name, "x-gzip")) gzip = wanted;
    if (name == "*") any = wanted;
  }
  return {brotli.value_or(any), gzip.value_or(any)};
}

}  // namespace bramble
