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

bool is_anonymous(std::string_view owner) { return owner.starts_with("crt_"); }

std::optional<Time> new_since(const CacheHash& hash) {
  auto found = hash.find(std::string(new_field));
  if (found == hash.end()) return std::nullopt;
  return Time{number_in(found->second)};
}

std::int64_t units_of(const std::vector<Entry>& entries) {
  std::int64_t units = 0;
  for (const auto& entry : entries) units += entry.quantity;
  return units;
}

std::int64_t most_allowed(const std::vector<Entry>& entries, const SkuId& sku) {
  std::int64_t own = 0;
  for (const auto& entry : entries) own += entry.sku_id == sku ? entry.quantity : 0;
  return std::max(own, std::min(most_of_a_sku, most_units - (units_of(entries) - own)));
}

Merged merged(const CacheHash& from, const CacheHash& into) {
  Merged merged;
  auto known = entries_of(into);
  auto size = known.size();
  auto room = std::max<std::int64_t>(most_units - units_of(known), 0);
  for (auto entry : entries_of(from)) {
    auto same = std::find_if(known.begin(), known.end(),
                             [&](const Entry& own) { return own.sku_id == entry.sku_id; });
    bool is_new = same == known.end();
    auto own = is_new ? 0 : same->quantity;
    auto more = entry.quantity - own;
    if (more <= 0) continue;
    auto taken = is_new && size >= most_skus ? 0 : std::min(more, room);
    if (taken < more) merged.left_out.push_back({entry.sku_id, more - taken});
    if (taken == 0) continue;
    room -= taken;
    if (is_new) ++size;
    entry.quantity = own + taken;
    merged.changes[entry.sku_id.text()] = value_of(entry);
  }
  return merged;
}

std::string text_of(const std::vector<Quantity>& left_out) {
  std::string text;
  for (const auto& line : left_out) {
    text += (text.empty() ? "" : " ") + line.sku_id.text() + " " + std::to_string(line.quantity);
  }
  return text;
}

std::vector<Quantity> left_out_of(std::string_view text) {
  std::vector<Quantity> left_out;
  while (!text.empty()) {
    auto first = text.find(' ');
    if (first == std::string_view::npos) break;
    auto second = std::min(text.find(' ', first + 1), text.size());
    auto sku = SkuId::parse(text.substr(0, first));
    auto quantity = number_in(text.substr(first + 1, second - first - 1));
    if (sku && quantity > 0) left_out.push_back({std::move(*sku), quantity});
    text.remove_prefix(std::min(second + 1, text.size()));
  }
  return left_out;
}

std::string version_of(const std::vector<CartLine>& lines) {
  std::string shown;
  for (const auto& line : lines) {
    shown += line.sku_id.text() + "|" + std::to_string(line.added_at.us) + "|" +
             std::to_string(line.quantity) + "|" + std::to_string(line.price.amount_minor) +
             line.price.currency + "\n";
  }
  // FNV-1a: nobody gains by two carts of one's own that look alike.
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  for (unsigned char c : shown) hash = (hash ^ c) * 1'099'511'628'211U;
  return std::to_string(hash);
}

}  // namespace bramble::cart
