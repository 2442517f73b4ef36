// What all pages about one order show.
#pragma once

#include "gateways/pages/site.h"
#include "services/orders/orders.api.h"

namespace bramble::storefront {

// Throws Error not_found "order_not_found" if the address holds no order id.
OrderId order_in_path(const pages::PageRequest& request);

// Status, deadline, pickup point, total, and the actions that are possible now.
void set_order(pages::PageRequest& request, const orders::OrderView& order);

}  // namespace bramble::storefront
