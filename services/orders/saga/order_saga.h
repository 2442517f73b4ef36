// The saga of an order. `advance` reads where the order stands and does one step that is safe to repeat:
// after an event, after a cancel request and after a crash alike.
#pragma once

#include "base/recent.h"
#include "services/orders/checkout/creations.h"
#include "services/orders/saga/order_payment.h"

namespace bramble::orders {

class OrderSaga {
 public:
  OrderSaga(const OrdersEnvironment& environment, Creations& creations, OrderClosing& closing)
      : env_(environment), creations_(creations), closing_(closing), payment_(environment, closing) {}

  // The job.
  Task<void> advance(Call call, AdvanceOrder job);
  // Returns nothing if the order has no payment.
  Task<std::optional<payments::Payment>> ask_bank_and_advance(Call call, OrderId order);

  // This process has shown the order to its buyer, so the first step after the payment need not read it.
  void await_payment(OrderRow order);
  // Someone wants to cancel the order: the first step after the payment reads it.
  void forget_awaited(const OrderId& order) { awaited_.forget(order); }
  // The step after an authorised payment, taken before the event is stored. Nothing depends on it.
  Task<void> advance_authorised_now(Call call, OrderId order);

  void on_payment_authorised(Tx& tx, const payments::PaymentAuthorised& event);
  void on_payment_captured(Tx& tx, const payments::PaymentCaptured& event);
  void on_payment_declined(Tx& tx, const payments::PaymentDeclined& event);
  void on_hold_expired(Tx& tx, const inventory::HoldExpired& event);

 private:
  Task<void> advance_new(Call call, OrderRow order);
  Task<void> advance_paid(Call call, OrderRow order);
  Task<void> advance_closed(Call call, OrderRow order);
  Task<void> advance_packed(Call call, OrderRow order);

  const OrdersEnvironment& env_;
  Creations& creations_;
  OrderClosing& closing_;
  OrderPayment payment_;
  OrderStore store_;
  // If one of these was closed meanwhile, its hold or `pay` notices.
  Recent<OrderId, OrderRow> awaited_;
};

}  // namespace bramble::orders
