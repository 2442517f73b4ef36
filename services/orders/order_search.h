// What staff look for among the orders. Every look is bounded: it reads so many orders and says where to go
// on.
#pragma once

#include "services/orders/order_store.h"

namespace bramble::orders {

class OrderSearch {
 public:
  // The newest first.
  SearchReply search(Tx& tx, const SearchRequest& request) const;
  // By the ends of their ids.
  SearchReply by_number(Tx& tx, const SearchRequest& request) const;
  // The oldest first.
  SearchReply unfinished(Tx& tx, const ListUnfinishedRequest& request) const;
  OrderDetails details(Tx& tx, const OrderStore& store, const Purchase& purchase) const;
};

}  // namespace bramble::orders
