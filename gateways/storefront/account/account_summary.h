// A reader's own data that many pages show: the cart's count and the orders that wait for payment. A page is
// shown without what cannot be read.
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

struct AccountSummary {
  std::function<Task<InCart>(const pages::PageRequest&)> in_cart;
  // The newest few, with their goods. None for a guest.
  std::function<Task<WaitingOrders>(const pages::PageRequest&)> waiting;
};

// Both services must outlive it.
AccountSummary account_summary_of(cart::CartApi& carts, orders::OrdersApi& orders);

// A WAITING_ORDER for each: how to pay it and until when, or that the bank is being asked.
void show_waiting(pages::PageRequest& request, const WaitingOrders& waiting);

// The order that holds units of the SKU; null: none does.
const orders::OrderView* holder_of(const WaitingOrders& waiting, const SkuId& sku);
// HELD_TEXT and HELD_URL in the section HELD: the last units are in the reader's own unpaid order.
void show_holder(pages::View view, const pages::Locale& locale, const orders::OrderView& order);

}  // namespace bramble::storefront
