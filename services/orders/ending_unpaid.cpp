// The end of an order that is not paid: what the buyer did at the bank counts, so the bank is asked before
// anything is let go. As long as it does not answer, the goods stay with the order.
#include "services/orders/orders_service.h"

namespace bramble::orders {
namespace {

using Pay = payments::PaymentStatus;

bool waits(const payments::Payment& payment) {
  return payment.status == Pay::processing || payment.status == Pay::requires_action;
}

}  // namespace

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
