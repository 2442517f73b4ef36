// What staff see of orders: a search, the unfinished orders, and everything about one order.
#pragma once

#include "services/orders/orders_environment.h"
#include "services/orders/store/action_store.h"
#include "services/orders/store/order_search.h"

namespace bramble::orders {

class StaffQueries {
 public:
  explicit StaffQueries(const OrdersEnvironment& environment) : env_(environment) {}

  Task<OrderDetails> get_order_details(Call call, GetRequest request);
  Task<SearchReply> search(Call call, SearchRequest request);
  Task<SearchReply> list_unfinished(Call call, ListUnfinishedRequest request);

 private:
  const OrdersEnvironment& env_;
  OrderStore store_;
  ActionStore actions_;
  OrderSearch search_;
};

}  // namespace bramble::orders
