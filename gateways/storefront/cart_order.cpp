#include "gateways/storefront/cart_order.h"

#include <algorithm>

#include "base/error.h"

namespace bramble::storefront {

void claim_lines(orders::CreateRequest& request, const cart::CartView& cart) {
  if (!request.cart) request.cart.emplace();
  request.cart->version = cart.version;
  for (const auto& line : cart.items) {
    bool is_named = std::any_of(request.items.begin(), request.items.end(),
                                [&](const orders::WantedItem& item) { return item.sku_id == line.sku_id; });
    if (is_named) request.cart->lines.push_back(line.sku_id.text() + " " + std::to_string(line.added_at.us));
  }
}

void order_whole_cart(orders::CreateRequest& request, const cart::CartView& cart) {
  for (const auto& line : cart.items) request.items.push_back({line.sku_id, line.quantity, line.price});
  claim_lines(request, cart);
}

Task<void> empty_ordered_cart(Call call, orders::OrdersApi& orders, cart::CartApi& cart, OrderId order) {
  try {
    auto claimed_by = co_await orders.get(call, {order});
    co_await cart.remove_ordered(call, taken_by(claimed_by));
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;  // it is still being made
  }
}

cart::RemoveOrderedRequest taken_by(const orders::OrderView& order) {
  cart::RemoveOrderedRequest taken{order.user_id.text(), order.order_id, {}, order.created_at};
  for (const auto& line : order.items) taken.lines.push_back({line.sku_id, line.quantity});
  return taken;
}

}  // namespace bramble::storefront
