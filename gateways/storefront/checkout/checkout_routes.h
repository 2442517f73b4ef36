// The API routes of the checkout: pickup points and the order itself.
#pragma once

#include "gateways/storefront/services.h"
#include "gateways/storefront/storefront.routes.h"

namespace bramble::storefront {

class CheckoutRoutes {
 public:
  // The bank sends the buyer back to `return_url`.
  CheckoutRoutes(const Services& services, std::string return_url)
      : cart_(services.cart),
        orders_(services.orders),
        pickup_(services.pickup),
        return_url_(std::move(return_url)) {}

  Task<pickup::NearestReply> pickup_points(edge::HttpCall& http, PointsQuery request);
  Task<orders::OrderView> create_order(edge::HttpCall& http, NewOrder request);

 private:
  cart::CartApi& cart_;
  orders::OrdersApi& orders_;
  pickup::PickupApi& pickup_;
  std::string return_url_;
};

}  // namespace bramble::storefront
