// Searches of staff. Each reads a bounded number of orders and says where the next one starts.
#pragma once

#include "services/orders/store/order_store.h"

namespace bramble::orders {

class OrderSearch {
 public:
  // The newest orders come first.
  SearchReply search(Tx& tx, const SearchRequest& request) const;
  // By the end of the id.
  SearchReply by_number(Tx& tx, const SearchRequest& request) const;
  // The oldest orders come first.
  SearchReply unfinished(Tx& tx, const ListUnfinishedRequest& request) const;
  OrderDetails details(Tx& tx, const OrderStore& store, const OrderRow& order) const;
};

}  // namespace bramble::orders
