#include "services/orders/saga/short_picks.h"

#include <algorithm>

#include "base/error.h"

namespace bramble::orders {
namespace {

// Units of the SKU that the order still waits for, those of the site first. Units of a SKU are alike, so any
// of them can be the missing ones.
std::vector<Item> missing_items(std::vector<Item> items, const ShortPick& pick) {
  std::erase_if(items, [&](const Item& item) { return item.sku_id != pick.sku_id || item.short_id; });
  std::stable_partition(items.begin(), items.end(),
                        [&](const Item& item) { return item.site_id == pick.site_id; });
  if (std::ssize(items) < pick.quantity) {
    throw Error(ErrorCode::internal, "short_mismatch",
                "order " + pick.order_id.text() + " has fewer units of " + pick.sku_id.text() +
                    " than are missing");
  }
  items.resize(static_cast<std::size_t>(pick.quantity));
  return items;
}

// The goods exist, but support has agreed with the buyer not to send them.
bool is_called_off(const ShortPick& pick) { return pick.reason == warehouse::ShortReason::called_off; }

bool has_open(const std::vector<Item>& items) {
  return std::any_of(items.begin(), items.end(), [](const Item& item) { return !item.short_id; });
}

}  // namespace

void ShortPicks::on_pick_short(Tx& tx, const warehouse::PickShort& event) {
  ShortPick pick;
  pick.order_id = event.order_id;
  pick.short_id = event.short_id;
  pick.sku_id = event.sku_id;
  pick.site_id = event.site_id;
  pick.quantity = event.quantity;
  pick.reason = event.reason;
  pick.reported_at = event.at;
  shorts_.add(tx, pick);
  tx.schedule(SettleShorts{event.order_id}, tx.now());
}

Task<void> ShortPicks::settle(Call call, SettleShorts job) {
  auto picks = co_await env_.database.read(call, job.order_id.text(),
                                           [&](Tx& tx) { return shorts_.of_order(tx, job.order_id); });
  for (auto& pick : picks) {
    if (pick.state == ShortState::open) pick = co_await decide(call, std::move(pick));
    if (pick.state == ShortState::decided) co_await refund(call, std::move(pick));
  }
}

// A buyer who wants to cancel gets no goods from another site.
Task<ShortPick> ShortPicks::decide(Call call, ShortPick pick) {
  auto order = co_await load_order(env_.database, call, pick.order_id);
  bool wants_others = !order.cancel_requested && !is_called_off(pick);
  inventory::ReplaceShortRequest wanted{pick.order_id, pick.short_id, pick.sku_id,
                                        pick.site_id,  pick.quantity, wants_others,
                                        order.lat,     order.lon,     is_called_off(pick)};
  auto found = co_await env_.peers.inventory.replace_short(call, std::move(wanted));
  co_return co_await env_.database.transact(call, pick.order_id.text(), [&](Tx& tx) {
    auto now = shorts_.find(tx, pick.order_id, pick.short_id);
    if (!now || now->state != ShortState::open) return now.value_or(pick);
    return decide_in(tx, std::move(*now), found.placements);
  });
}

ShortPick ShortPicks::decide_in(Tx& tx, ShortPick pick, const std::vector<inventory::Placement>& placements) {
  auto order = store_.find(tx, pick.order_id);
  if (!order || is_closed(order->status)) {
    throw Error(ErrorCode::internal, "short_of_closed_order",
                "order " + pick.order_id.text() + " is closed, but a warehouse reports missing units");
  }
  auto items = store_.items(tx, *order);
  PickShortDecided decision{pick.order_id, pick.short_id, {}, 0};
  auto missing = missing_items(items, pick);
  auto next = missing.begin();
  Money replaced{0, order->total.currency};
  for (const auto& placement : placements) {
    for (std::int64_t i = 0; i < placement.quantity && next != missing.end(); ++i, ++next) {
      shorts_.replace_item(tx, pick.order_id, next->item_id, placement.site_id);
      decision.replacements.push_back({next->item_id, pick.sku_id, placement.site_id});
      replaced.amount_minor += next->price_minor;
    }
  }
  for (; next != missing.end(); ++next) {
    shorts_.cancel_item(tx, pick.order_id, next->item_id, pick.short_id);
    pick.refund_minor += next->price_minor;
    for (auto& item : items) {
      if (item.item_id == next->item_id) item.short_id = pick.short_id;
    }
  }
  pick.replaced = std::ssize(decision.replacements);
  pick.cancelled = decision.cancelled = pick.quantity - pick.replaced;
  pick.state = pick.cancelled > 0 ? ShortState::decided : ShortState::settled;
  pick.decided_at = tx.now();
  shorts_.decide(tx, pick);
  tx.publish(decision);
  publish_decision(tx, *order, pick, std::move(replaced));
  if (!has_open(items)) closing_.close_in(tx, *order, OrderStatus::cancelled);
  return pick;
}

// For the buyer.
void ShortPicks::publish_decision(Tx& tx, const OrderRow& order, const ShortPick& pick,
                                  Money replaced) const {
  if (pick.replaced > 0)
    tx.publish(
        items_changed(order, pick, ItemsChange::replaced, pick.replaced, std::move(replaced), tx.now()));
  if (pick.cancelled == 0) return;
  auto change = is_called_off(pick) ? ItemsChange::called_off : ItemsChange::cancelled;
  Money refund{pick.refund_minor, order.total.currency};
  tx.publish(items_changed(order, pick, change, pick.cancelled, std::move(refund), tx.now()));
}

// Payments carries the refund to its end, however long the bank takes.
Task<void> ShortPicks::refund(Call call, ShortPick pick) {
  auto order = co_await load_order(env_.database, call, pick.order_id);
  payments::RefundRequest refund{pick.order_id, pick.short_id,
                                 Money{pick.refund_minor, order.total.currency}};
  co_await env_.peers.payments.refund(call, std::move(refund));
  co_await env_.database.transact(call, pick.order_id.text(), [&](Tx& tx) {
    shorts_.move(tx, pick, ShortState::decided, ShortState::settled);
  });
}

}  // namespace bramble::orders
