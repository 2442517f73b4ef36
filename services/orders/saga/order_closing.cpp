#include "services/orders/saga/order_closing.h"

namespace bramble::orders {

Task<void> OrderClosing::close(Call call, OrderRow seen, OrderStatus status) {
  co_await env_.database.transact(call, seen.order_id.text(), [&](Tx& tx) {
    if (auto order = store_.if_unchanged(tx, seen)) close_in(tx, *order, status);
  });
}

void OrderClosing::close_in(Tx& tx, OrderRow& order, OrderStatus status) const {
  order.cleanup = true;
  order.cancel_requested = false;
  store_.move(tx, order, status);
  if (order.was_paid) tx.publish(PaidOrderCancelled{order.order_id});
  tx.schedule(AdvanceOrder{order.order_id}, tx.now());
}

Task<void> OrderClosing::abandon(Call call, OrderId order) {
  co_await env_.database.transact(call, order.text(), [&](Tx& tx) {
    auto found = store_.find(tx, order);
    if (!found || found->status != OrderStatus::new_) return;
    answers_.drop_key(tx, found->user_id.text(), create_route, found->idempotency_key);
    close_in(tx, *found, OrderStatus::cancelled);
  });
}

// Late money may have reserved goods again while this runs: so only what the order held when it was closed is
// released (`version`).
Task<void> OrderClosing::clean_up(Call call, OrderRow seen) {
  if (!seen.was_paid) co_await env_.peers.inventory.release(call, {seen.order_id, seen.version});
  co_await env_.peers.payments.cancel(call,
                                      {seen.order_id, std::string(to_string(seen.status)), !seen.was_paid});
  co_await env_.database.transact(call, seen.order_id.text(), [&](Tx& tx) {
    auto order = store_.if_unchanged(tx, seen);
    if (!order) return;
    order->cleanup = false;
    store_.save_flags(tx, *order);
  });
}

void OrderClosing::refuse_cancel(Tx& tx, OrderRow& order) const {
  order.cancel_requested = false;
  order.cancel_refused = true;
  store_.save_flags(tx, order);
  tx.publish(OrderCancelRefused{order.order_id, order.user_id, order.status, tx.now(), order.language});
}

}  // namespace bramble::orders
