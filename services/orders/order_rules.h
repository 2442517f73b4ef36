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

// How much a buyer may hold without having paid.
struct UnpaidLimits {
  std::int64_t orders = 5;
  std::int64_t units = 300;
};
// Every second order that ended unpaid within a day takes one from the number, and as large a part of the
// units; one order of a few units is always possible.
UnpaidLimits limits_after(const UnpaidLimits& usual, std::int64_t lapsed);
inline constexpr std::int64_t units_of_a_lapser = 20;

// Equal items as lines, in the order of their first item.
std::vector<OrderLine> lines_of(const std::vector<OrderLine>& units);

}  // namespace bramble::orders
