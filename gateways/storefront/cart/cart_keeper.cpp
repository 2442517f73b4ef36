#include "gateways/storefront/cart/cart_keeper.h"

#include "gateways/storefront/cart/cart_token.h"

namespace bramble::storefront {

Task<std::string> CartKeeper::owner(edge::HttpCall& http) const {
  auto token = cart_token_of(*http.request);
  const auto& buyer = http.call.caller.id;
  if (!buyer.empty()) {
    if (!token.empty()) co_await carts_.merge(http.call, {token, buyer});
    co_return buyer;
  }
  if (token.empty()) token = new_cart_token(random_);
  http.headers.add("X-Cart-Token", token);
  http.headers.add("Set-Cookie", cart_cookie(*http.request, token));
  co_return token;
}

}  // namespace bramble::storefront
