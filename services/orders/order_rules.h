// The edges between the statuses of an order, and what each status means. Pure rules.
#pragma once

#include <vector>

#include "services/orders/orders.api.h"

namespace bramble::orders {

// Whether the edge is declared (I17).
bool may_become(OrderStatus from, OrderStatus to);

// Only late money can still move the order.
bool is_closed(OrderStatus status);

// The order is not packed and can still be cancelled.
bool is_cancellable(OrderStatus status);

// How much a buyer may hold in unpaid orders.
struct UnpaidLimits {
  std::int64_t orders = 5;
  std::int64_t units = 300;
};
// Every second order that ended unpaid within a day lowers the number by one, and the units in proportion.
// One order of a few units is always possible.
UnpaidLimits limits_after(const UnpaidLimits& usual, std::int64_t lapsed);
inline constexpr std::int64_t units_of_a_lapser = 20;

// Groups equal units into lines, in the order of their first unit.
std::vector<OrderLine> lines_of(const std::vector<OrderLine>& units);

}  // namespace bramble::orders
