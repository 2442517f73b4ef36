#include "services/orders/order_rules.h"

#include <algorithm>
#include <utility>

namespace bramble::orders {
namespace {

using enum OrderStatus;

// Late money of an EXPIRED order pays for it if goods are found again (PAID); otherwise it goes back
// (REFUNDED).
constexpr std::pair<OrderStatus, OrderStatus> edges[] = {
    {new_, pending_payment},      {new_, cancelled},
    {pending_payment, paid},      {pending_payment, expired},
    {pending_payment, cancelled}, {paid, assembling},
    {paid, ready_to_ship},        {paid, cancelled},
    {assembling, ready_to_ship},  {assembling, cancelled},
    {ready_to_ship, in_transit},  {in_transit, at_pickup_point},
    {at_pickup_point, delivered}, {at_pickup_point, returned},
    {delivered, returned},        {returned, refunded},
    {cancelled, refunded},        {expired, paid},
    {expired, refunded},
};

}  // namespace

bool may_become(OrderStatus from, OrderStatus to) {
  return std::any_of(std::begin(edges), std::end(edges),
                     [&](const auto& edge) { return edge.first == from && edge.second == to; });
}

bool is_closed(OrderStatus status) {
  return status == cancelled || status == expired || status == refunded || status == returned ||
         status == delivered;
}

bool is_cancellable(OrderStatus status) {
  return status == pending_payment || status == paid || status == assembling;
}

UnpaidLimits limits_after(const UnpaidLimits& usual, std::int64_t lapsed) {
  auto orders = std::max<std::int64_t>(1, usual.orders - lapsed / 2);
  if (orders >= usual.orders) return usual;
  auto units = usual.units * orders / usual.orders;
  if (orders == 1) units = units_of_a_lapser;
  return {orders, std::min(usual.units, std::max(units_of_a_lapser, units))};
}

std::vector<OrderLine> lines_of(const std::vector<OrderLine>& units) {
  std::vector<OrderLine> lines;
  for (const auto& unit : units) {
    auto same = std::find_if(lines.begin(), lines.end(), [&](const OrderLine& line) {
      return line.sku_id == unit.sku_id && line.price == unit.price && line.status == unit.status;
    });
    if (same == lines.end()) {
      lines.push_back(unit);
    } else {
      same->quantity += unit.quantity;
      same->line_total = same->line_total + unit.line_total;
    }
  }
  return lines;
}

}  // namespace bramble::orders
