#include "services/orders/saga/order_saga.h"

#include "base/error.h"

namespace bramble::orders {
namespace {

// The reason of a PaymentDeclined.
constexpr std::string_view ended_by_bank = "ended_by_bank";

// Ends a job's attempt: it runs again later.
[[noreturn]] void not_yet(std::string_view what) {
  throw Error(ErrorCode::unavailable, "not_yet", std::string(what));
}

}  // namespace

Task<void> OrderSaga::advance(Call call, AdvanceOrder job) {
  auto found = co_await env_.database.read(call, job.order_id.text(),
                                           [&](Tx& tx) { return store_.find(tx, job.order_id); });
  if (!found) co_return;  // refused during its creation
  auto order = std::move(*found);
  switch (order.status) {
    case OrderStatus::new_: co_await advance_new(call, std::move(order)); break;
    case OrderStatus::pending_payment: co_await payment_.advance(call, std::move(order)); break;
    case OrderStatus::paid:
    case OrderStatus::assembling: co_await advance_paid(call, std::move(order)); break;
    case OrderStatus::cancelled:
    case OrderStatus::expired: co_await advance_closed(call, std::move(order)); break;
    default: co_await advance_packed(call, std::move(order)); break;
  }
}

Task<void> OrderSaga::advance_new(Call call, OrderRow order) {
  if (co_await creations_.is_being_created(call, order)) not_yet("the order is being created");
  co_await closing_.abandon(call, order.order_id);
}

// Only the warehouse knows whether a paid order is packed. Its answer is final, so it counts even if the
// order has advanced meanwhile.
Task<void> OrderSaga::advance_paid(Call call, OrderRow order) {
  if (!order.cancel_requested) co_return;
  auto answer = co_await env_.peers.warehouse.cancel_pick(call, {order.order_id});
  if (answer.outcome == warehouse::CancelPickOutcome::undecided) not_yet("a short pick is being decided");
  co_await env_.database.transact(call, order.order_id.text(), [&](Tx& tx) {
    auto now = store_.find(tx, order.order_id);
    if (!now || !now->cancel_requested) return;
    bool is_accepted = answer.outcome == warehouse::CancelPickOutcome::accepted;
    if (is_accepted && may_become(now->status, OrderStatus::cancelled)) {
      closing_.close_in(tx, *now, OrderStatus::cancelled);
    } else {
      closing_.refuse_cancel(tx, *now);
    }
  });
}

// Releases the goods of a closed order, and its money if any has come.
Task<void> OrderSaga::advance_closed(Call call, OrderRow order) {
  if (order.cleanup) {
    co_await closing_.clean_up(call, std::move(order));
    co_return;
  }
  std::optional<payments::Payment> payment;
  try {
    payment = co_await env_.peers.payments.get(call, {order.order_id});
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;
  }
  if (!payment) co_return;
  bool is_captured = payment->status == payments::PaymentStatus::captured;
  // A payment that started after its order was closed counts as late money.
  bool is_open = payment->status == payments::PaymentStatus::processing ||
                 payment->status == payments::PaymentStatus::requires_action ||
                 payment->status == payments::PaymentStatus::authorised;
  if (is_captured && order.status == OrderStatus::expired && !order.was_paid) {
    co_await payment_.advance_captured(call, std::move(order));
  } else if (is_captured || is_open) {
    co_await env_.peers.payments.cancel(call, {order.order_id, "closed", !order.was_paid});
  }
}

// Nothing can be cancelled any more.
Task<void> OrderSaga::advance_packed(Call call, OrderRow order) {
  if (order.cleanup) {
    // The refund arrived before the order was cleaned up.
    co_await closing_.clean_up(call, std::move(order));
  } else if (order.cancel_requested) {
    co_await env_.database.transact(call, order.order_id.text(), [&](Tx& tx) {
      auto now = store_.find(tx, order.order_id);
      if (now && now->cancel_requested && !is_cancellable(now->status)) closing_.refuse_cancel(tx, *now);
    });
  }
}

Task<std::optional<payments::Payment>> OrderSaga::ask_bank_and_advance(Call call, OrderId order) {
  std::optional<payments::Payment> payment;
  try {
    payment = co_await env_.peers.payments.ask(call, {order});
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;
  }
  bool is_paid = payment && (payment->status == payments::PaymentStatus::authorised ||
                             payment->status == payments::PaymentStatus::captured);
  if (is_paid) {
    // The event advances the order as well; the caller shall see the result at once.
    try {
      co_await advance(call, AdvanceOrder{order});
    } catch (const Error& error) {
      if (error.code == ErrorCode::internal) throw;
    }
  }
  co_return payment;
}

void OrderSaga::await_payment(OrderRow order) {
  auto id = order.order_id;
  awaited_.put(id, std::move(order));
}

Task<void> OrderSaga::advance_authorised_now(Call call, OrderId order) {
  auto known = awaited_.take(order);
  auto row = known ? std::move(*known) : co_await load_order(env_.database, call, order);
  if (row.status == OrderStatus::pending_payment) co_await payment_.advance_authorised(call, std::move(row));
}

// If advance_authorised_now is interrupted, the job does the same a moment later.
void OrderSaga::on_payment_authorised(Tx& tx, const payments::PaymentAuthorised& event) {
  auto order = store_.find(tx, event.order_id);
  if (order && order->was_paid) return;
  tx.schedule(AdvanceOrder{event.order_id}, tx.now() + env_.settings.second_look);
}

void OrderSaga::on_payment_captured(Tx& tx, const payments::PaymentCaptured& event) {
  auto order = store_.find(tx, event.order_id);
  if (order && (order->status <= OrderStatus::pending_payment || is_closed(order->status)))
    tx.schedule(AdvanceOrder{event.order_id}, tx.now());
}

void OrderSaga::on_payment_declined(Tx& tx, const payments::PaymentDeclined& event) {
  auto order = store_.find(tx, event.order_id);
  if (!order || order->status != OrderStatus::pending_payment) return;
  if (order->cancel_requested || tx.now() >= order->expires_at) {
    tx.schedule(AdvanceOrder{event.order_id}, tx.now());
  } else if (event.reason != ended_by_bank) {
    // The buyer may pay in another way while there is time. A bank's page that was closed for another attempt
    // is not worth a notice.
    tx.publish(OrderPaymentDeclined{event.order_id, order->user_id, tx.now(), order->language});
  }
}

// What the buyer did at the bank counts more than the expiry, so the job looks at the payment first.
void OrderSaga::on_hold_expired(Tx& tx, const inventory::HoldExpired& event) {
  auto order = store_.find(tx, event.order_id);
  if (order && order->status == OrderStatus::pending_payment)
    tx.schedule(AdvanceOrder{event.order_id}, tx.now());
}

}  // namespace bramble::orders
