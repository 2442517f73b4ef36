#include "gateways/storefront/cart/cart_routes.h"

#include "base/error.h"
#include "gateways/edge/rate_limit.h"

namespace bramble::storefront {

Task<cart::CartView> CartRoutes::get_cart(edge::HttpCall& http) {
  auto owner = co_await carts_.owner(http);
  co_return co_await cart_.get(http.call, {owner});
}

Task<cart::CartView> CartRoutes::put_cart_item(edge::HttpCall& http, CartItemChange request) {
  auto owner = co_await carts_.owner(http);
  try {
    co_return co_await cart_.put_item(http.call, {owner, request.sku_id, request.quantity.value_or(0),
                                                  edge::limited_address(http)});
  } catch (const Error& error) {
    if (error.code == ErrorCode::exhausted) edge::tell_wait(error, "new_carts", http.headers);
    throw;
  }
}

Task<cart::CartView> CartRoutes::clear_cart(edge::HttpCall& http) {
  auto owner = co_await carts_.owner(http);
  co_await cart_.clear(http.call, {owner});
  co_return co_await cart_.get(http.call, {owner});
}

}  // namespace bramble::storefront
