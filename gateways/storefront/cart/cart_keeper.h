// Decides whose cart a request means. A buyer's cart belongs to the account, and a guest's cart is merged
// into it. A guest's cart is named by a token.
#pragma once

#include <string>

#include "gateways/edge/route.h"
#include "ports/clock.h"
#include "services/cart/cart.api.h"

namespace bramble::storefront {

class CartKeeper {
 public:
  CartKeeper(cart::CartApi& carts, Random& random) : carts_(carts), random_(random) {}

  // Gives a token to a guest who has none.
  Task<std::string> owner(edge::HttpCall& http) const;

 private:
  cart::CartApi& carts_;
  Random& random_;
};

}  // namespace bramble::storefront
