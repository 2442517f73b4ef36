// What of the reader's own belongs on many pages: what lies in the cart, and the orders that still wait to be
// paid. None of them keeps a page from being shown: what cannot be told is left out.
#pragma once

#include <functional>
#include <vector>

#include "gateways/pages/site.h"
#include "services/cart/cart.api.h"
#include "services/orders/orders.api.h"

namespace bramble::storefront {

struct InCart {
  std::vector<cart::Quantity> lines;

  std::int64_t units() const;
  std::int64_t of(const SkuId& sku) const;
};

using WaitingOrders = std::vector<orders::OrderView>;

struct OwnThings {
  std::function<Task<InCart>(const pages::Visit&)> in_cart;
  // The newest few, with their goods. Of who is not signed in: none.
  std::function<Task<WaitingOrders>(const pages::Visit&)> waiting;
};

// Both must outlive it.
OwnThings own_things_of(cart::CartApi& carts, orders::OrdersApi& orders);

// A WAITING_ORDER for each: how to pay it and until when, or that the bank is being asked.
void show_waiting(pages::Visit& visit, const WaitingOrders& waiting);

// The one that holds units of the SKU; null: none does.
const orders::OrderView* holder_of(const WaitingOrders& waiting, const SkuId& sku);
// HELD_TEXT and HELD_URL in the section HELD: why the last of them cannot be had, and where they are.
void show_holder(pages::View view, const pages::Locale& locale, const orders::OrderView& order);

}  // namespace bramble::storefront
