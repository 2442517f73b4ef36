#include "services/orders/saga/refunds.h"

#include <algorithm>

namespace bramble::orders {
namespace {

bool is_waiting(const ShortPick& pick) {
  bool is_decided = pick.state == ShortState::decided || pick.state == ShortState::settled;
  return pick.cancelled > 0 && is_decided;
}

}  // namespace

// The status tells the buyer about the refund of a whole order.
void Refunds::on_payment_refunded(Tx& tx, const payments::PaymentRefunded& event) {
  auto order = store_.find(tx, event.order_id);
  if (!order) return;
  bool is_whole = event.in_full && may_become(order->status, OrderStatus::refunded);
  for (const auto& pick : shorts_.of_order(tx, event.order_id)) {
    bool is_named = std::find(event.keys.begin(), event.keys.end(), pick.short_id) != event.keys.end();
    if (!is_waiting(pick) || !(is_named || is_whole)) continue;
    shorts_.move(tx, pick, pick.state, ShortState::refunded);
    shorts_.refund_items(tx, pick);
    if (is_whole) continue;
    Money refund{pick.refund_minor, order->total.currency};
    tx.publish(
        items_changed(*order, pick, ItemsChange::refunded, pick.cancelled, std::move(refund), tx.now()));
  }
  if (is_whole) store_.move(tx, *order, OrderStatus::refunded);
}

}  // namespace bramble::orders
