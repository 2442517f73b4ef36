// The API routes of a buyer's existing orders.
#pragma once

#include "gateways/storefront/services.h"
#include "gateways/storefront/storefront.routes.h"

namespace bramble::storefront {

class OrderRoutes {
 public:
  explicit OrderRoutes(const Services& services) : orders_(services.orders) {}

  Task<OrdersPage> list_orders(edge::HttpCall& http, OrdersQuery request);
  Task<orders::OrderView> get_order(edge::HttpCall& http, OrderQuery request);
  Task<orders::OrderView> cancel_order(edge::HttpCall& http, OrderQuery request);

 private:
  orders::OrdersApi& orders_;
};

}  // namespace bramble::storefront
