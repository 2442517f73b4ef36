// A buyer cancels an order: at once before the payment, by the warehouse's answer after it.
#pragma once

#include "services/orders/order_views.h"
#include "services/orders/saga/order_saga.h"

namespace bramble::orders {

class OrderCancel {
 public:
  OrderCancel(const OrdersEnvironment& environment, OrderSaga& saga, OrderViews& views)
      : env_(environment), saga_(saga), views_(views) {}

  Task<CancelReply> cancel(Call call, CancelRequest request);

 private:
  CancelReply request_cancel(Tx& tx, const Call& call, const CancelRequest& request);

  const OrdersEnvironment& env_;
  OrderSaga& saga_;
  OrderViews& views_;
  OrderStore store_;
  AnswerStore answers_;
};

}  // namespace bramble::orders
