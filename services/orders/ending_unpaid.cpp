// The end of an order that is not paid: what the buyer did at the bank counts, so the bank is asked before
// anything is let go. As long as it does not answer, the goods stay with the order.
#include "services/orders/orders_service.h"

namespace bramble::orders {
namespace {

constexpr std::int64_t ends_at_once = 200;

using Pay = payments::PaymentStatus;

bool waits(const payments::Payment& payment) {
  return payment.status == Pay::processing || payment.status == Pay::requires_action;
}

}  // namespace

// Wakes the orders whose time to pay has just come to its end; after a start those whose time ended
// meanwhile, too. What is woken once is its job's care from then on.
Task<void> OrdersService::end_unpaid(Call call) {
  // The clock was set back: what ends from now on has not been woken yet.
  if (clock_.now() < ended_to_.at) ended_to_ = {clock_.now(), OrderId()};
  for (bool more = true; more;) {
    auto due = co_await database_.read(call, "", [&](Tx& tx) {
      return store_.unpaid_until(tx, ended_to_, clock_.now(), ends_at_once);
    });
    if (due.empty()) break;
    co_await database_.transact(call, "", [&](Tx& tx) {
      for (const auto& end : due) tx.schedule(AdvanceOrder{end.order_id}, tx.now());
    });
    more = std::ssize(due) == ends_at_once;
    ended_to_ = std::move(due.back());
  }
}

Task<void> OrdersService::advance_unpaid(Call call, Purchase purchase) {
  auto payment = co_await peers_.payments.get(call, {purchase.order_id});
  if (waits(payment) && is_over(purchase) && !purchase.cancel_requested)
    payment = co_await peers_.payments.settle(call, {purchase.order_id});
  switch (payment.status) {
    case Pay::authorised: co_await advance_authorised(call, std::move(purchase)); break;
    case Pay::captured: co_await advance_captured(call, std::move(purchase), std::move(payment)); break;
    case Pay::declined:
    case Pay::cancelled: co_await payment_failed(call, std::move(purchase)); break;
    case Pay::refunded: co_await close(call, std::move(purchase), OrderStatus::cancelled); break;
    case Pay::processing:
    case Pay::requires_action:
      if (purchase.cancel_requested) {
        co_await close(call, std::move(purchase), OrderStatus::cancelled);
      } else if (is_over(purchase)) {
        // Nobody knows what the buyer did: the goods wait for the bank's answer. Its news wakes the order.
        auto hold = co_await peers_.inventory.begin_payment(call, {purchase.order_id});
        if (hold.state == inventory::HoldState::released) co_await hold_again(call, std::move(purchase));
      }
      break;
  }
}

bool OrdersService::is_over(const Purchase& purchase) const { return clock_.now() >= purchase.expires_at; }

// A payment that came to nothing does not end its order before its time.
Task<void> OrdersService::payment_failed(Call call, Purchase purchase) {
  if (purchase.cancel_requested) {
    co_await close(call, std::move(purchase), OrderStatus::cancelled);
  } else if (is_over(purchase)) {
    co_await close(call, std::move(purchase), OrderStatus::expired);
  }
}

}  // namespace bramble::orders
