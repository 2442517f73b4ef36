// How the payment advances an unpaid order: the goods are secured before the money is captured, and what the
// buyer did at the bank counts. As long as the bank does not answer, the goods stay with the order.
#pragma once

#include "services/orders/saga/order_closing.h"

namespace bramble::orders {

class OrderPayment {
 public:
  OrderPayment(const OrdersEnvironment& environment, OrderClosing& closing)
      : env_(environment), closing_(closing) {}

  // For an order that waits for its payment. At its end it asks the bank first.
  Task<void> advance(Call call, OrderRow order);
  Task<void> advance_authorised(Call call, OrderRow order);
  // Also for late money of an expired order.
  Task<void> advance_captured(Call call, OrderRow order);

 private:
  Task<void> wait_for_bank(Call call, OrderRow order);
  Task<void> advance_failed(Call call, OrderRow order);
  bool is_over(const OrderRow& order) const { return env_.clock.now() >= order.expires_at; }
  Task<inventory::HoldReply> secure_goods(const Call& call, const OrderRow& seen);
  Task<inventory::HoldReply> hold_again(Call call, OrderRow seen);
  Task<bool> accept_late_money(Call call, OrderId order);
  Task<void> pay(Call call, OrderRow seen, std::vector<inventory::Placement> placements);

  const OrdersEnvironment& env_;
  OrderClosing& closing_;
  OrderStore store_;
};

}  // namespace bramble::orders
