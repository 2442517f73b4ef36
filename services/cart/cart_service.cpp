#include "services/cart/cart_service.h"

#include <algorithm>

#include "base/error.h"
#include "services/cart/cart_rules.h"

namespace bramble::cart {
namespace {

constexpr std::int64_t most_shown = 99;
// The last orders whose lines were removed, separated by spaces. A repeat finds its order here.
constexpr std::string_view taken_field = "taken_for";
constexpr std::size_t most_taken = 1'000;  // characters: about thirty orders
// In a guest's cart that is being merged: the owner of the other cart.
constexpr std::string_view merging_field = "merging_into";
constexpr int most_looks = 1'000;  // of all concurrent changes of a cart one succeeds in each round
// What the last merge had no room for. The next change removes it.
constexpr std::string_view left_out_field = "left_out";

std::string key_of(const std::string& owner) { return "cart:" + owner; }

void check_owner(const std::string& owner) {
  if (owner.empty() || owner.size() > 100)
    throw_invalid("owner", "malformed", "a buyer's id or a cart's token");
}

// An order would refuse it later, so the cart refuses it at once and says how many units it can hold.
void check_room(const std::vector<Entry>& entries, const Entry& wanted) {
  bool is_new = std::none_of(entries.begin(), entries.end(),
                             [&](const Entry& own) { return own.sku_id == wanted.sku_id; });
  if (is_new && entries.size() >= most_skus) {
    throw Error(ErrorCode::conflict, "cart_full", "a cart holds at most 100 different goods");
  }
  auto most = most_allowed(entries, wanted.sku_id);
  if (wanted.quantity <= most) return;
  throw Error(ErrorCode::conflict, "cart_units", "a cart holds at most 200 units",
              {{"quantity", "too_large", "at most " + std::to_string(most) + " of this SKU now"}});
}

}  // namespace

Task<CartView> CartService::view(Call call, CacheHash hash) {
  CartView view;
  auto entries = entries_of(hash);
  auto left_out = left_out_of(hash[std::string(left_out_field)]);
  if (!entries.empty()) {
    catalog::GetSkusRequest wanted;
    inventory::AvailabilityRequest levels;
    for (const auto& entry : entries) {
      wanted.sku_ids.push_back(entry.sku_id);
      levels.sku_ids.push_back(entry.sku_id);
    }
    for (const auto& line : left_out) wanted.sku_ids.push_back(line.sku_id);
    auto skus = co_await catalog_.get_skus(call, std::move(wanted));
    for (const auto& line : left_out) {
      auto sku = std::find_if(skus.items.begin(), skus.items.end(),
                              [&](const catalog::SkuInfo& info) { return info.sku_id == line.sku_id; });
      if (sku != skus.items.end()) view.left_out.push_back({line.sku_id, sku->title, line.quantity});
    }
    auto available = co_await inventory_.availability(call, std::move(levels));
    for (std::size_t i = 0; i < entries.size(); ++i) {
      auto sku = std::find_if(skus.items.begin(), skus.items.end(),
                              [&](const catalog::SkuInfo& info) { return info.sku_id == entries[i].sku_id; });
      // The line of a deleted card is not shown until the card exists again.
      if (sku == skus.items.end()) continue;
      view.items.push_back({sku->sku_id, sku->product_id, sku->title, sku->options, sku->image,
                            entries[i].quantity, sku->price, sku->price * entries[i].quantity,
                            std::min(available.levels[i].available, most_shown)});
      view.items.back().added_at = Time{entries[i].added_us};
      auto before = entries[i].price_minor;
      if (before != 0 && before != sku->price.amount_minor) {
        view.items.back().price_before = Money{before, sku->price.currency};
      }
      view.items.back().most = most_allowed(entries, sku->sku_id);
    }
  }
  for (const auto& line : view.items) {
    view.totals.items = view.totals.items + line.line_total;
    view.count += line.quantity;
  }
  view.totals.total = view.totals.items;
  view.version = version_of(view.items);
  co_return view;
}

bool CartService::is_return(const CacheHash& hash) const {
  auto since = new_since(hash);
  return since && clock_.now() >= *since + settings_.return_after;
}

Task<CacheHash> CartService::visited(Call call, std::string owner) {
  auto key = key_of(owner);
  auto hash = co_await cache_.get(call, key);
  if (is_return(hash)) hash = co_await cache_.update(call, key, {}, {std::string(new_field)}, life_);
  co_return hash;
}

Task<CacheHash> CartService::change(Call call, std::string owner,
                                    std::function<std::optional<Change>(CacheHash)> decide) {
  auto key = key_of(owner);
  for (int look = 0; look < most_looks; ++look) {
    auto seen = co_await cache_.get(call, key);
    auto change = decide(seen);
    if (!change) co_return seen;
    auto changed = co_await cache_.update_if(call, key, seen, std::move(change->set),
                                             std::move(change->remove), change->life);
    if (changed) co_return std::move(*changed);
  }
  throw Error(ErrorCode::unavailable, "cart_busy", "the cart is being changed by too many at once");
}

Task<CartView> CartService::remove_item(Call call, PutItemRequest request) {
  auto key = key_of(request.owner);
  auto hash = co_await visited(call, request.owner);
  // If there is nothing to remove, nothing is written.
  if (hash.contains(request.sku_id.text()) || hash.contains(std::string(left_out_field))) {
    hash = co_await cache_.update(call, key, {}, {request.sku_id.text(), std::string(left_out_field)}, life_);
    if (is_anonymous(request.owner) && entries_of(hash).empty()) co_await cache_.erase(call, key);
  }
  co_return co_await view(call, std::move(hash));
}

Task<CartView> CartService::get(Call call, CartRequest request) {
  check_owner(request.owner);
  auto hash = co_await visited(call, request.owner);
  co_return co_await view(call, std::move(hash));
}

Task<CountReply> CartService::count(Call call, CartRequest request) {
  check_owner(request.owner);
  CountReply reply;
  for (const auto& entry : entries_of(co_await visited(call, request.owner))) {
    reply.count += entry.quantity;
    reply.lines.push_back({entry.sku_id, entry.quantity});
  }
  co_return reply;
}

Task<CartView> CartService::put_item(Call call, PutItemRequest request) {
  check_owner(request.owner);
  if (request.quantity < 0) throw_invalid("quantity", "too_small", "at least 0");
  if (request.quantity > most_of_a_sku) throw_invalid("quantity", "too_large", "at most 99");
  auto key = key_of(request.owner);
  if (request.quantity == 0) co_return co_await remove_item(std::move(call), std::move(request));
  auto known = co_await catalog_.get_skus(call, {{request.sku_id}});
  if (known.items.empty()) throw Error(ErrorCode::not_found, "sku_not_found", "there is no such SKU");
  auto price_minor = known.items.front().price.amount_minor;
  bool paid_for_new = false;
  auto hash = co_await change(call, request.owner, [&](CacheHash seen) -> std::optional<Change> {
    auto entries = entries_of(seen);
    Entry entry{request.sku_id, request.quantity, clock_.now().us, price_minor};
    for (const auto& own : entries) {
      if (own.sku_id == request.sku_id) entry.added_us = own.added_us;
    }
    check_room(entries, entry);
    Change change{{{request.sku_id.text(), value_of(entry)}}, {std::string(left_out_field)}, life_};
    bool begins = seen.empty() && is_anonymous(request.owner);
    if (begins && !std::exchange(paid_for_new, true)) new_carts_.take(request.address);
    if (begins) change.set[std::string(new_field)] = std::to_string(clock_.now().us);
    if (is_return(seen)) {
      change.remove.emplace_back(new_field);
    } else if (begins || new_since(seen)) {
      change.life = settings_.new_life;
    }
    return change;
  });
  co_return co_await view(call, std::move(hash));
}

Task<Empty> CartService::clear(Call call, CartRequest request) {
  check_owner(request.owner);
  co_await cache_.erase(call, key_of(request.owner));
  co_return Empty{};
}

Task<CartView> CartService::merge(Call call, MergeRequest request) {
  check_owner(request.from);
  check_owner(request.into);
  if (request.from == request.into) co_return co_await get(call, {request.into});
  // If two accounts bring one guest's token, the first gets the goods.
  auto from = co_await change(call, request.from, [&](CacheHash seen) -> std::optional<Change> {
    if (seen.empty() || seen.contains(std::string(merging_field))) return std::nullopt;
    return Change{{{std::string(merging_field), request.into}}, {}, settings_.new_life};
  });
  bool is_ours = from[std::string(merging_field)] == request.into;
  auto into = co_await change(call, request.into, [&](const CacheHash& seen) -> std::optional<Change> {
    if (!is_ours) return std::nullopt;
    auto both = merged(from, seen);
    if (!both.left_out.empty()) both.changes[std::string(left_out_field)] = text_of(both.left_out);
    return Change{std::move(both.changes), {}, life_};
  });
  if (is_ours) co_await cache_.erase(call, key_of(request.from));
  co_return co_await view(call, std::move(into));
}

Task<Empty> CartService::remove_ordered(Call call, RemoveOrderedRequest request) {
  check_owner(request.owner);
  co_await change(call, request.owner, [&](CacheHash seen) -> std::optional<Change> {
    auto taken_for = seen[std::string(taken_field)];
    if ((" " + taken_for + " ").find(" " + request.order_id.text() + " ") != std::string::npos)
      return std::nullopt;
    Change change{{}, {std::string(left_out_field)}, life_};
    for (auto entry : entries_of(seen)) {
      auto taken = std::find_if(request.lines.begin(), request.lines.end(),
                                [&](const Quantity& line) { return line.sku_id == entry.sku_id; });
      bool since = request.ordered_at.us > 0 && entry.added_us > request.ordered_at.us;
      if (taken == request.lines.end() || since) continue;
      entry.quantity -= taken->quantity;
      if (entry.quantity <= 0) {
        change.remove.push_back(entry.sku_id.text());
      } else {
        // The rest is a new line, which no order has claimed.
        ++entry.added_us;
        change.set[entry.sku_id.text()] = value_of(entry);
      }
    }
    taken_for = request.order_id.text() + " " + taken_for;
    if (taken_for.size() > most_taken) taken_for.erase(taken_for.rfind(' ', most_taken));
    change.set[std::string(taken_field)] = taken_for;
    return change;
  });
  co_return Empty{};
}

}  // namespace bramble::cart
