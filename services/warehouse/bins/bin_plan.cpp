#include "services/warehouse/bins/bin_plan.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace bramble::warehouse {
namespace {

constexpr std::size_t most_ranges = 6;
constexpr std::size_t most_digits = 6;
constexpr std::size_t longest_plan = 128;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_of_word(char c) {
  return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '.' || c == '-';
}

std::optional<std::int64_t> number_of(std::string_view text) {
  if (text.empty() || text.size() > most_digits || !std::all_of(text.begin(), text.end(), is_digit))
    return std::nullopt;
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

struct Range {
  std::string_view from, to;

  bool is_letters() const {
    return from.size() == 1 && to.size() == 1 && is_capital(from[0]) && is_capital(to[0]) && from <= to;
  }
  bool is_numbers() const {
    auto first = number_of(from);
    auto last = number_of(to);
    return first && last && *first <= *last && from.size() <= to.size();
  }
  // A number of `to`'s length, or where the ends differ in length, as it is written without zeros before it.
  bool has(std::string_view text) const {
    if (is_letters()) return text.size() == 1 && from[0] <= text[0] && text[0] <= to[0];
    auto number = number_of(text);
    if (!number || *number < *number_of(from) || *number > *number_of(to)) return false;
    return from.size() == to.size() ? text.size() == to.size() : text.size() == 1 || text[0] != '0';
  }
};

// The range that `plan` begins with, and takes it off; nothing if it is no range.
std::optional<Range> take_range(std::string_view& plan) {
  auto end = plan.find('}');
  auto inner = plan.substr(1, end == std::string_view::npos ? end : end - 1);
  auto dots = inner.find("..");
  if (end == std::string_view::npos || dots == std::string_view::npos) return std::nullopt;
  plan.remove_prefix(end + 1);
  return Range{inner.substr(0, dots), inner.substr(dots + 2)};
}

}  // namespace

std::string fault_of_plan(std::string_view plan) {
  if (plan.empty() || plan.size() > longest_plan)
    return "1 to " + std::to_string(longest_plan) + " characters";
  std::size_t ranges = 0;
  while (!plan.empty()) {
    if (plan.front() != '{') {
      if (!is_of_word(plan.front()))
        return "letters, digits, dots, dashes, underscores, and ranges in braces";
      plan.remove_prefix(1);
      continue;
    }
    auto range = take_range(plan);
    if (!range || !(range->is_letters() || range->is_numbers()))
      return "a range is {A..F} or {01..40}, from the first to the last";
    if (++ranges > most_ranges) return "at most " + std::to_string(most_ranges) + " ranges";
  }
  return {};
}

bool is_bin_of(std::string_view plan, std::string_view bin) {
  while (!plan.empty()) {
    if (plan.front() != '{') {
      if (bin.empty() || bin.front() != plan.front()) return false;
      plan.remove_prefix(1);
      bin.remove_prefix(1);
      continue;
    }
    auto range = take_range(plan);
    if (!range) return false;
    // Two ranges may stand side by side: each length is tried.
    for (std::size_t length = 1; length <= std::min(bin.size(), range->to.size()); ++length) {
      if (range->has(bin.substr(0, length)) && is_bin_of(plan, bin.substr(length))) return true;
    }
    return false;
  }
  return bin.empty();
}

bool is_known_bin(const std::vector<std::string>& plans, std::string_view bin) {
  return plans.empty() ||
         std::any_of(plans.begin(), plans.end(), [&](const auto& plan) { return is_bin_of(plan, bin); });
}

}  // namespace bramble::warehouse
