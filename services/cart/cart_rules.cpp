#include "services/cart/cart_rules.h"

#include <algorithm>
#include <charconv>

namespace bramble::cart {
namespace {

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::vector<Entry> entries_of(const CacheHash& hash) {
  std::vector<Entry> entries;
  for (const auto& [field, value] : hash) {
    auto sku = SkuId::parse(field);
    auto bar = value.find('|');
    if (!sku || bar == std::string::npos) continue;
    std::string_view rest(value);
    rest.remove_prefix(bar + 1);
    auto second = std::min(rest.find('|'), rest.size());
    entries.push_back({std::move(*sku), number_in(std::string_view(value).substr(0, bar)), number_in(rest),
                       number_in(rest.substr(std::min(second + 1, rest.size())))});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& left, const Entry& right) { return left.added_us < right.added_us; });
  return entries;
}

std::string value_of(const Entry& entry) {
  auto value = std::to_string(entry.quantity) + "|" + std::to_string(entry.added_us);
  return entry.price_minor == 0 ? value : value + "|" + std::to_string(entry.price_minor);
}

CacheHash merged(const CacheHash& from, const CacheHash& into) {
  CacheHash changes;
  auto known = entries_of(into);
  auto size = known.size();
  for (const auto& entry : entries_of(from)) {
    auto same = std::find_if(known.begin(), known.end(),
                             [&](const Entry& own) { return own.sku_id == entry.sku_id; });
    if (same != known.end() && same->quantity >= entry.quantity) continue;
    if (same == known.end() && size++ >= most_skus) continue;
    changes[entry.sku_id.text()] = value_of(entry);
  }
  return changes;
}

}  // namespace bramble::cart
