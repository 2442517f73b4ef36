// The checkout: GET shows it, POST makes the order. However often a form is sent, it makes one order: its key
// identifies it. Every refusal is a page with the reason and the next step.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/cart/cart_page_view.h"
#include "gateways/storefront/checkout/checkout_page_view.h"
#include "gateways/storefront/services.h"

namespace bramble::storefront {

class CheckoutPages {
 public:
  // The references must outlive it. The bank sends the buyer back to `return_url`.
  CheckoutPages(const CheckoutPageView& view, const CartPageView& cart_view, const Services& services,
                const PayMethods& methods, std::string return_url)
      : view_(view),
        cart_view_(cart_view),
        cart_(services.cart),
        orders_(services.orders),
        methods_(methods),
        return_url_(std::move(return_url)) {}

  // This object must outlive them.
  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  using PageRequest = pages::PageRequest;
  using Answer = pages::Answer;

  Task<Answer> show_checkout(PageRequest& request);
  Task<Answer> place_order(PageRequest& request);
  Task<Answer> stale(PageRequest& request, Choice choice, cart::CartView cart);
  Task<Answer> refused(PageRequest& request, Choice choice, orders::CreateReply reply);
  Task<Answer> placed(PageRequest& request, orders::CreateReply reply);

  const CheckoutPageView& view_;
  const CartPageView& cart_view_;
  cart::CartApi& cart_;
  orders::OrdersApi& orders_;
  const PayMethods& methods_;
  std::string return_url_;
};

}  // namespace bramble::storefront
