// The apology for units that a warehouse did not find, in a fixed order: another site, else the units are
// cancelled and their money goes back, and the order goes on with the rest. Each step may be repeated, and
// what is done is saved before the next.
#include <algorithm>

#include "base/error.h"
#include "services/orders/orders_service.h"

namespace bramble::orders {
namespace {

// Units of the SKU that the order still waits for, those of the site first: they are alike, so it is all the
// same which of them is missing.
std::vector<Item> candidates(std::vector<Item> items, const ShortPick& pick) {
  std::erase_if(items, [&](const Item& item) { return item.sku_id != pick.sku_id || item.short_id; });
  std::stable_partition(items.begin(), items.end(),
                        [&](const Item& item) { return item.site_id == pick.site_id; });
  if (std::ssize(items) < pick.quantity) {
    throw Error(ErrorCode::internal, "short_mismatch",
                "order " + pick.order_id.text() + " has fewer of " + pick.sku_id.text() +
                    " than are missing");
  }
  items.resize(static_cast<std::size_t>(pick.quantity));
  return items;
}

// The goods are there, and not wanted any more.
bool is_called_off(const ShortPick& pick) { return pick.reason == warehouse::ShortReason::called_off; }

bool has_open(const std::vector<Item>& items) {
  return std::any_of(items.begin(), items.end(), [](const Item& item) { return !item.short_id; });
}

}  // namespace

void OrdersService::on_pick_short(Tx& tx, const warehouse::PickShort& event) {
  shorts_.add(tx, {event.order_id, event.short_id, event.sku_id, event.site_id, event.quantity, event.reason,
                   event.at, ShortState::open, 0, 0, 0, std::nullopt});
  tx.schedule(SettleShorts{event.order_id}, tx.now());
}

Task<void> OrdersService::settle_shorts(Call call, SettleShorts job) {
  auto picks = co_await database_.read(call, job.order_id.text(),
                                       [&](Tx& tx) { return shorts_.of_order(tx, job.order_id); });
  for (auto& pick : picks) {
    if (pick.state == ShortState::open) pick = co_await decide_short(call, std::move(pick));
    if (pick.state == ShortState::decided) co_await give_back_short(call, std::move(pick));
  }
}

// A buyer who wants to cancel does not want goods from elsewhere.
Task<ShortPick> OrdersService::decide_short(Call call, ShortPick pick) {
  auto purchase = co_await load(call, pick.order_id);
  bool wants_others = !purchase.cancel_requested && !is_called_off(pick);
  inventory::ReplaceShortRequest wish{pick.order_id, pick.short_id, pick.sku_id,
                                      pick.site_id,  pick.quantity, wants_others,
                                      purchase.lat,  purchase.lon,  is_called_off(pick)};
  auto found = co_await peers_.inventory.replace_short(call, std::move(wish));
  co_return co_await database_.transact(call, pick.order_id.text(), [&](Tx& tx) {
    auto now = shorts_.find(tx, pick.order_id, pick.short_id);
    if (!now || now->state != ShortState::open) return now.value_or(pick);
    return decide_short_in(tx, std::move(*now), found.placements);
  });
}

ShortPick OrdersService::decide_short_in(Tx& tx, ShortPick pick,
                                         const std::vector<inventory::Placement>& placements) {
  auto purchase = store_.find(tx, pick.order_id);
  if (!purchase || is_closed(purchase->status)) {
    throw Error(ErrorCode::internal, "short_of_closed_order",
                "order " + pick.order_id.text() + " is closed, and something of it was not found");
  }
  auto items = store_.items(tx, *purchase);
  PickShortDecided decision{pick.order_id, pick.short_id, {}, 0};
  auto missing = candidates(items, pick);
  auto next = missing.begin();
  Money replaced{0, purchase->total.currency};
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
  if (pick.replaced > 0) tell(tx, *purchase, pick, ItemsChange::replaced, pick.replaced, replaced);
  if (pick.cancelled > 0) {
    auto change = is_called_off(pick) ? ItemsChange::called_off : ItemsChange::cancelled;
    tell(tx, *purchase, pick, change, pick.cancelled, Money{pick.refund_minor, purchase->total.currency});
  }
  if (!has_open(items)) close_in(tx, *purchase, OrderStatus::cancelled);
  return pick;
}

// The bank is payments' care from here on, however long it takes.
Task<void> OrdersService::give_back_short(Call call, ShortPick pick) {
  auto purchase = co_await load(call, pick.order_id);
  payments::RefundRequest refund{pick.order_id, pick.short_id,
                                 Money{pick.refund_minor, purchase.total.currency}};
  co_await peers_.payments.refund(call, std::move(refund));
  co_await database_.transact(call, pick.order_id.text(), [&](Tx& tx) {
    shorts_.move(tx, pick, ShortState::decided, ShortState::settled);
  });
}

void OrdersService::tell(Tx& tx, const Purchase& purchase, const ShortPick& pick, ItemsChange change,
                         std::int64_t quantity, Money amount) {
  tx.publish(OrderItemsChanged{purchase.order_id, purchase.user_id, purchase.status, change, quantity,
                               std::move(amount), tx.now(), pick.short_id, purchase.language});
}

// Some or all of the money is back. Of an order that is given back whole the buyer hears by its status.
void OrdersService::on_payment_refunded(Tx& tx, const payments::PaymentRefunded& event) {
  auto purchase = store_.find(tx, event.order_id);
  if (!purchase) return;
  bool ends = event.in_full && may_become(purchase->status, OrderStatus::refunded);
  for (const auto& pick : shorts_.of_order(tx, event.order_id)) {
    bool named = std::find(event.keys.begin(), event.keys.end(), pick.short_id) != event.keys.end();
    bool waits = pick.state == ShortState::decided || pick.state == ShortState::settled;
    if (pick.cancelled == 0 || !waits || !(named || ends)) continue;
    shorts_.move(tx, pick, pick.state, ShortState::refunded);
    shorts_.refund_items(tx, pick);
    if (ends) continue;
    tell(tx, *purchase, pick, ItemsChange::refunded, pick.cancelled,
         Money{pick.refund_minor, purchase->total.currency});
  }
  if (ends) store_.move(tx, *purchase, OrderStatus::refunded);
}

}  // namespace bramble::orders
