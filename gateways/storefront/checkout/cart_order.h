// An order from the cart, for the API and the pages: it claims lines of the cart, and takes them out when it
// exists.
#pragma once

#include "base/call.h"
#include "base/task.h"
#include "services/cart/cart.api.h"
#include "services/orders/orders.api.h"

namespace bramble::storefront {

// Claims the lines of the cart that the order names.
void claim_lines(orders::CreateRequest& request, const cart::CartView& cart);

// Orders all lines of the cart at the prices that it shows, and claims them.
void order_whole_cart(orders::CreateRequest& request, const cart::CartView& cart);

// Takes the claimed lines of an order out of the cart: its first request may have failed before this step.
Task<void> empty_ordered_cart(Call call, orders::OrdersApi& orders, cart::CartApi& cart, OrderId order);

// The lines that an order takes out of its buyer's cart.
cart::RemoveOrderedRequest taken_by(const orders::OrderView& order);

}  // namespace bramble::storefront
