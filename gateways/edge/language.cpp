#include "gateways/edge/language.h"

#include <algorithm>
#include <array>
#include <optional>

#include "gateways/edge/cookies.h"

namespace bramble::edge {
namespace {

constexpr std::array<std::string_view, 2> languages = {"ru", "en"};
constexpr std::size_t most_ranges = 20;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string_view trim(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// The weight "q=0.8" in thousandths; 1000 without a weight, 0 for a malformed one.
int weight_of(std::string_view parameters) {
  parameters = trim(parameters);
  if (parameters.empty()) return 1'000;
  if (parameters.size() < 3 || lower(parameters[0]) != 'q' || parameters[1] != '=') return 0;
  int weight = parameters[2] == '1' ? 1'000 : 0;
  int place = 100;
  for (char c : parameters.substr(std::min<std::size_t>(4, parameters.size()))) {
    if (c < '0' || c > '9') break;
    weight += (c - '0') * place;
    place /= 10;
  }
  return std::min(weight, 1'000);
}

// "en-GB" → "en"; nothing for a language that we do not have.
std::optional<std::string_view> language_named(std::string_view range) {
  auto primary = range.substr(0, range.find('-'));
  for (auto language : languages) {
    if (primary.size() == 2 && lower(primary[0]) == language[0] && lower(primary[1]) == language[1])
      return language;
  }
  return std::nullopt;
}

}  // namespace

bool is_language(std::string_view text) {
  return std::find(languages.begin(), languages.end(), text) != languages.end();
}

std::string_view language_of(const HttpRequest& request) {
  auto chosen = own_cookie(request, language_cookie);
  if (is_language(chosen)) return language_named(chosen).value_or(languages[0]);
  auto header = request.headers.get("Accept-Language");
  auto best = languages[0];
  int best_weight = 0;
  for (std::size_t i = 0; !header.empty() && i < most_ranges; ++i) {
    auto end = std::min(header.find(','), header.size());
    auto item = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    auto semicolon = std::min(item.find(';'), item.size());
    auto language = language_named(trim(item.substr(0, semicolon)));
    int weight = weight_of(item.substr(std::min(semicolon + 1, item.size())));
    if (!language || weight <= best_weight) continue;
    best = *language;
    best_weight = weight;
  }
  return best;
}

}  // namespace bramble::edge
