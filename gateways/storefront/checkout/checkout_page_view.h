// The checkout's page: where to collect the order, how to pay, and the total. The form carries everything
// that was shown, so that only what the buyer saw is ordered.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/checkout/checkout_choice.h"
#include "gateways/storefront/services.h"
#include "ports/clock.h"

namespace bramble::storefront {

class CheckoutPageView {
 public:
  // `methods` must outlive it.
  CheckoutPageView(const Services& services, Random& random, const PayMethods& methods)
      : cart_(services.cart),
        orders_(services.orders),
        pickup_(services.pickup),
        random_(random),
        methods_(methods) {}

  // Fills in the pickup point of the last order, if the buyer has not chosen yet.
  Task<void> remember_last_point(pages::PageRequest& request, Choice& choice) const;
  // Answers with the page for the cart as it is now.
  Task<pages::Answer> offer(pages::PageRequest& request, Choice choice, int status) const;

 private:
  Task<std::vector<pickup::Point>> points_for(pages::PageRequest& request, const Choice& choice) const;

  cart::CartApi& cart_;
  orders::OrdersApi& orders_;
  pickup::PickupApi& pickup_;
  Random& random_;
  const PayMethods& methods_;
};

}  // namespace bramble::storefront
