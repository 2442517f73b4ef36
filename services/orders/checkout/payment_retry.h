// Paying again for an order that is not paid, and asking the bank when its buyer returns. A failed payment
// does not end its order: the goods stay held until the order expires.
#pragma once

#include "services/orders/order_views.h"
#include "services/orders/saga/order_saga.h"
#include "services/orders/store/answer_store.h"

namespace bramble::orders {

class PaymentRetry {
 public:
  PaymentRetry(const OrdersEnvironment& environment, OrderSaga& saga, OrderViews& views)
      : env_(environment), saga_(saga), views_(views) {}

  Task<StartPaymentReply> start_payment(Call call, StartPaymentRequest request);
  // For whoever may see the order.
  Task<OrderView> ask_bank(Call call, GetRequest request);

 private:
  std::optional<StartPaymentReply> claim_payment(Tx& tx, const Call& call, const StartPaymentRequest& request,
                                                 OrderRow& order);
  std::optional<std::string> keep_answer(Tx& tx, const Call& call, const StartPaymentRequest& request,
                                         const StartPaymentReply& reply, std::int64_t seen_version);

  const OrdersEnvironment& env_;
  OrderSaga& saga_;
  OrderViews& views_;
  OrderStore store_;
  AnswerStore answers_;
};

}  // namespace bramble::orders
