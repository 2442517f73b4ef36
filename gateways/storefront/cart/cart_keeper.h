// Whose cart a request means: a buyer's cart is the buyer's, and what was in a cart without an owner is
// merged into it; everybody else's is named by a token.
#pragma once

#include <string>

#include "gateways/edge/route.h"
#include "ports/clock.h"
#include "services/cart/cart.api.h"

namespace bramble::storefront {

class CartKeeper {
 public:
  CartKeeper(cart::CartApi& carts, Random& random) : carts_(carts), random_(random) {}

  // Gives a token to whoever has none.
  Task<std::string> owner(edge::HttpCall& http) const;

 private:
  cart::CartApi& carts_;
  Random& random_;
};

}  // namespace bramble::storefront
