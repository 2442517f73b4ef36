// Orders as buyers and support see them: one order with its payment and pickup point, and the list of a
// buyer.
#pragma once

#include "services/orders/orders_environment.h"
#include "services/orders/store/order_store.h"
#include "services/orders/store/short_store.h"

namespace bramble::orders {

class OrderViews {
 public:
  explicit OrderViews(const OrdersEnvironment& environment) : env_(environment) {}

  // Throws Error not_found.
  Task<OrderView> get(Call call, GetRequest request);
  // Throws Error forbidden for a buyer who asks for the orders of another.
  Task<ListReply> list(Call call, ListRequest request);

 private:
  OrderView stored_view(Tx& tx, const Call& call, const OrderId& order) const;

  const OrdersEnvironment& env_;
  OrderStore store_;
  ShortStore shorts_;
};

}  // namespace bramble::orders
