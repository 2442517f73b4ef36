// Which way an order may go: the declared edges, and what each status means. Pure rules.
#pragma once

#include <vector>

#include "services/orders/orders.api.h"

namespace bramble::orders {

// Whether the edge is declared (I17).
bool may_become(OrderStatus from, OrderStatus to);

// Nothing moves it any more, but late money.
bool is_closed(OrderStatus status);

// It can still be cancelled: it is not packed.
bool is_cancellable(OrderStatus status);

// Equal items as lines, in the order of their first item.
std::vector<OrderLine> lines_of(const std::vector<OrderLine>& units);

}  // namespace bramble::orders
