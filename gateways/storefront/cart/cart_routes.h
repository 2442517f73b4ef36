// The API routes of the cart, of a buyer or a guest.
#pragma once

#include "gateways/storefront/cart/cart_keeper.h"
#include "gateways/storefront/storefront.routes.h"

namespace bramble::storefront {

class CartRoutes {
 public:
  CartRoutes(cart::CartApi& cart, Random& random) : cart_(cart), carts_(cart, random) {}

  Task<cart::CartView> get_cart(edge::HttpCall& http);
  Task<cart::CartView> put_cart_item(edge::HttpCall& http, CartItemChange request);
  Task<cart::CartView> clear_cart(edge::HttpCall& http);

 private:
  cart::CartApi& cart_;
  CartKeeper carts_;
};

}  // namespace bramble::storefront
