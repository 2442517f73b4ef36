// The end of an order: closing it, and releasing its goods and its money afterwards.
#pragma once

#include "services/orders/orders_environment.h"
#include "services/orders/store/answer_store.h"
#include "services/orders/store/order_store.h"

namespace bramble::orders {

class OrderClosing {
 public:
  explicit OrderClosing(const OrdersEnvironment& environment) : env_(environment) {}

  // Does nothing if the order has advanced since `seen` was read: the job decides again.
  Task<void> close(Call call, OrderRow seen, OrderStatus status);
  // The job releases the goods and the money afterwards.
  void close_in(Tx& tx, OrderRow& order, OrderStatus status) const;
  // Ends an order whose creation was interrupted. Its key is free, because it can no longer be paid.
  Task<void> abandon(Call call, OrderId order);
  // Releases what a closed order still holds. Safe to repeat.
  Task<void> clean_up(Call call, OrderRow seen);
  // Answers an accepted cancel request that came too late.
  void refuse_cancel(Tx& tx, OrderRow& order) const;

 private:
  const OrdersEnvironment& env_;
  OrderStore store_;
  AnswerStore answers_;
};

}  // namespace bramble::orders
