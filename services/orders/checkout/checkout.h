// Creates an order: claims the key and the cart, reserves the goods, starts the payment, answers. The repeat
// of the request or the sweeper undoes an interrupted attempt.
#pragma once

#include "base/recent.h"
#include "services/orders/checkout/order_claims.h"
#include "services/orders/saga/order_saga.h"

namespace bramble::orders {

class Checkout {
 public:
  Checkout(const OrdersEnvironment& environment, Creations& creations, OrderClosing& closing, OrderSaga& saga)
      : env_(environment),
        creations_(creations),
        closing_(closing),
        saga_(saga),
        new_orders_(environment),
        claims_(environment, creations) {}

  Task<CreateReply> create(Call call, CreateRequest request);

 private:
  Task<std::optional<CreateReply>> replace_dead_request(const Call& call, const CreateRequest& request,
                                                        const NewOrder& order);
  Task<void> undo(Call call, OrderId order);
  Task<CreateReply> reserve_and_start(Call call, CreateRequest request, NewOrder order);
  Task<inventory::ReserveReply> reserve_and_announce(Call call, inventory::ReserveRequest wanted,
                                                     payments::StartRequest start);
  Task<CreateReply> start_payment(Call call, const CreateRequest& request, const NewOrder& order,
                                  payments::StartRequest start);
  CreateReply finish(Tx& tx, const CreateRequest& request, const NewOrder& order,
                     const payments::Payment& payment);
  Task<CreateReply> refuse(Call call, CreateRequest request, OrderId order, CreateReply refusal);

  const OrdersEnvironment& env_;
  Creations& creations_;
  OrderClosing& closing_;
  OrderSaga& saga_;
  NewOrders new_orders_;
  OrderClaims claims_;
  OrderStore store_;
  AnswerStore answers_;
  Recent<SkuId, Time> scarce_until_;  // SKUs that were sold out a moment ago
};

}  // namespace bramble::orders
