// An order from the cart: what it names of the cart, and how its ordered lines leave it. For the API and the
// pages.
#pragma once

#include "base/call.h"
#include "base/task.h"
#include "services/cart/cart.api.h"
#include "services/orders/orders.api.h"

namespace bramble::storefront {

// Claims those lines of the cart that the order names.
void claim_lines(orders::CreateRequest& request, const cart::CartView& cart);

// All lines of the cart, at the prices that it shows, claimed for this order.
void order_whole_cart(orders::CreateRequest& request, const cart::CartView& cart);

// Takes out of the cart what the order has claimed: its first request may have died before this step.
Task<void> empty_ordered_cart(Call call, orders::OrdersApi& orders, cart::CartApi& cart, OrderId order);

// What an order has taken out of its buyer's cart.
cart::RemoveOrderedRequest taken_by(const orders::OrderView& order);

}  // namespace bramble::storefront
