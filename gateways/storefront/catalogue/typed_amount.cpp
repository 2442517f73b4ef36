#include "gateways/storefront/catalogue/typed_amount.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t minor = 100;
constexpr std::int64_t most_amount = 1'000'000'000;
constexpr std::size_t longest = 64;
constexpr std::size_t group = 3;

// Spaces of all widths, also the non-breaking and the invisible ones.
constexpr std::string_view spaces[] = {" ",      "\t",     "\u00A0", "\u2009", "\u200A", "\u2007", "\u202F",
                                       "\u200E", "\u200B", "\u2060", "\uFEFF", "'",      "\u2019"};
constexpr std::string_view currencies[] = {"₽", "руб.", "руб", "р.", "RUB", "rub"};

// The digits, commas and points of the text; nothing if it has other characters.
std::optional<std::string> bare(std::string_view typed) {
  std::string text;
  while (!typed.empty()) {
    std::size_t passed = 0;
    for (auto space : spaces) {
      if (typed.starts_with(space)) passed = space.size();
    }
    for (auto currency : currencies) {
      if (passed == 0 && typed.starts_with(currency)) passed = currency.size();
    }
    bool is_kept = passed == 0 && std::string_view("0123456789,.").find(typed.front()) != std::string::npos;
    if (is_kept) text += typed.front();
    else if (passed == 0) return std::nullopt;
    typed.remove_prefix(is_kept ? 1 : passed);
  }
  return text;
}

bool is_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "1,000,000" without its commas; nothing if a comma is in another place.
std::optional<std::string> ungrouped(std::string_view text, char mark) {
  std::string digits;
  for (bool first = true; !text.empty(); first = false) {
    auto end = std::min(text.find(mark), text.size());
    auto part = text.substr(0, end);
    bool is_last = end == text.size();
    bool fits = first && is_last ? true
                : first          ? !part.empty() && part.size() <= group
                                 : part.size() == group;
    if (!fits || !is_digits(part) || (!is_last && end + 1 == text.size())) return std::nullopt;
    digits += part;
    text.remove_prefix(is_last ? end : end + 1);
  }
  return digits;
}

}  // namespace

std::optional<std::int64_t> amount_of(std::string_view typed) {
  if (typed.size() > longest) return std::nullopt;
  auto text = bare(typed);
  if (!text || text->empty()) return std::nullopt;
  std::string_view whole = *text;
  std::string_view part;
  auto mark = whole.find_last_of(",.");
  if (mark != std::string_view::npos && whole.size() - mark - 1 < group) {
    part = whole.substr(mark + 1);
    whole = whole.substr(0, mark);
  }
  auto grouped_by = whole.find(',') != std::string_view::npos ? ',' : '.';
  auto digits = ungrouped(whole, grouped_by);
  if (!digits || digits->empty() || digits->size() > 10) return std::nullopt;
  auto amount = std::stoll(*digits);
  if (amount > most_amount) return std::nullopt;
  amount *= minor;
  if (!part.empty()) amount += std::stoll(std::string(part)) * (part.size() == 1 ? 10 : 1);
  return amount;
}

std::string amount_text(std::int64_t amount_minor) {
  auto text = std::to_string(amount_minor / minor);
  auto part = amount_minor % minor;
  if (part != 0) text += (part < 10 ? ".0" : ".") + std::to_string(part);
  return text;
}

}  // namespace bramble::storefront
