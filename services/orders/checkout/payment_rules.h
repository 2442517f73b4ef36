// When and how an order may be paid. Pure rules.
#pragma once

#include "services/orders/store/order_store.h"

namespace bramble::orders {

// Throws Error invalid.
void check_method(const payments::Method& method);

// The bank's page closes this long before the order expires.
Time payable_until(const OrderRow& order, Duration session_margin);

// `started` if nothing of the order forbids another attempt; the payment itself may still forbid it.
StartPaymentOutcome may_be_paid(const OrderRow& order, Time now, Duration session_margin);

// Sets `can_pay` and `can_pay_until` of a view that already has its payment.
void offer_payment(OrderView& view, Time now, Duration session_margin);

}  // namespace bramble::orders
