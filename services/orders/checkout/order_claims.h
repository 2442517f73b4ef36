// What a new order needs for itself: its idempotency key, the lines of the cart, and room among the buyer's
// unpaid orders. One transaction claims them and saves the order.
#pragma once

#include "services/orders/checkout/creations.h"
#include "services/orders/checkout/new_order.h"
#include "services/orders/store/claim_store.h"

namespace bramble::orders {

// Empty: the order is saved and has to be created.
struct ClaimResult {
  std::optional<CreateReply> answer;  // to the buyer, unless the conflict goes away
  std::optional<Lease> conflict;  // an order that is being created with the same key or from the same cart
  bool is_same_key = false;       // the conflict is about the key
};

class OrderClaims {
 public:
  OrderClaims(const OrdersEnvironment& environment, Creations& creations)
      : env_(environment), creations_(creations) {}

  ClaimResult claim_key_and_cart(Tx& tx, const CreateRequest& request, const NewOrder& order);

 private:
  std::optional<CreateReply> find_stored_answer(Tx& tx, const CreateRequest& request, const NewOrder& order,
                                                ClaimResult& result);
  std::optional<CreateReply> find_cart_claim(Tx& tx, const CreateRequest& request, ClaimResult& result);
  std::optional<CreateReply> check_unpaid(Tx& tx, const CreateRequest& request, const NewOrder& order);

  const OrdersEnvironment& env_;
  Creations& creations_;
  OrderStore store_;
  AnswerStore answers_;
  ClaimStore claims_;
};

}  // namespace bramble::orders
