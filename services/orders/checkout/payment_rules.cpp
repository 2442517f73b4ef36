#include "services/orders/checkout/payment_rules.h"

#include "base/error.h"

namespace bramble::orders {

void check_method(const payments::Method& method) {
  if (method.type != "card" && method.type != "sbp") {
    throw_invalid("payment_method.type", "not_allowed", "one of card, sbp");
  }
  if (method.type == "card" && method.token.empty()) {
    throw_invalid("payment_method.token", "required", "is required for a card");
  }
}

Time payable_until(const OrderRow& order, Duration session_margin) {
  return order.expires_at - session_margin;
}

StartPaymentOutcome may_be_paid(const OrderRow& order, Time now, Duration session_margin) {
  using Outcome = StartPaymentOutcome;
  if (order.status != OrderStatus::pending_payment)
    return is_closed(order.status) && !order.was_paid ? Outcome::closed : Outcome::paid;
  if (order.cancel_requested) return Outcome::closed;
  return now < payable_until(order, session_margin) ? Outcome::started : Outcome::too_late;
}

void offer_payment(OrderView& view, Time now, Duration session_margin) {
  const auto& payment = view.payment;
  auto until = view.expires_at - session_margin;
  // While the result of the last attempt is unknown, no other attempt may start.
  bool is_over =
      payment.status == payments::PaymentStatus::declined ||
      payment.status == payments::PaymentStatus::cancelled ||
      (payment.status == payments::PaymentStatus::requires_action && !payment.bank_unreachable_since);
  view.can_pay = view.status == OrderStatus::pending_payment && !view.cancel_requested && is_over &&
                 payment.attempts_left > 0 && now < until;
  if (view.can_pay) view.can_pay_until = until;
}

}  // namespace bramble::orders
