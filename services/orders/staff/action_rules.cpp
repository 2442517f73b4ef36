#include "services/orders/staff/action_rules.h"

#include <algorithm>

#include "base/error.h"
#include "services/orders/order_access.h"

namespace bramble::orders {
namespace {

using Outcome = StaffActionOutcome;

constexpr std::size_t longest_reason = 500;
constexpr std::size_t most_units = 200;

// Units that the order still waits for, by SKU.
std::map<SkuId, std::int64_t> open_units(const std::vector<Item>& items) {
  std::map<SkuId, std::int64_t> open;
  for (const auto& item : items) {
    if (!item.short_id) ++open[item.sku_id];
  }
  return open;
}

bool is_refunding_units(const std::vector<StaffAction>& open) {
  return std::any_of(open.begin(), open.end(),
                     [](const StaffAction& action) { return action.kind == StaffActionKind::refund_items; });
}

std::optional<StaffActionReply> refusal_of_units(const std::vector<Item>& items,
                                                 const StaffActionRequest& request) {
  auto open = open_units(items);
  for (const auto& unit : request.units) {
    auto& left = open[unit.sku_id];
    left -= unit.quantity;
    if (left < 0)
      return refusal(Outcome::not_possible, "the order has fewer of " + unit.sku_id.text() + " left");
  }
  bool any_left = std::any_of(open.begin(), open.end(), [](const auto& unit) { return unit.second > 0; });
  if (any_left) return std::nullopt;
  return refusal(Outcome::not_possible, "these are all units of the order: cancel it instead");
}

}  // namespace

void check(const Call& call, const StaffActionRequest& request) {
  if (!is_support(call)) throw Error(ErrorCode::forbidden, "not_support", "only support staff may do this");
  if (request.reason.empty()) throw_invalid("reason", "required", "say why: it stays with the order");
  if (request.reason.size() > longest_reason)
    throw_invalid("reason", "too_long", "at most " + std::to_string(longest_reason) + " characters");
  bool is_of_units = request.kind == StaffActionKind::refund_items;
  if (is_of_units && request.units.empty()) throw_invalid("units", "required", "which units");
  if (!is_of_units && !request.units.empty()) throw_invalid("units", "not_allowed", "only with refund_items");
  if (request.units.size() > most_units)
    throw_invalid("units", "too_many", "at most " + std::to_string(most_units));
}

StaffActionReply refusal(StaffActionOutcome outcome, std::string detail) {
  return {outcome, std::nullopt, std::move(detail), false};
}

void show_refusal(StaffActionReply& reply) {
  if (!reply.action || reply.action->state != StaffActionState::refused) return;
  bool is_of_hold = reply.action->kind == StaffActionKind::release_hold;
  reply.outcome = is_of_hold ? Outcome::moved : Outcome::packed;
  if (is_of_hold) reply.detail = "the order was paid meanwhile";
  if (reply.action->kind == StaffActionKind::refund_items)
    reply.detail = "some of the units are picked or packed already";
}

std::optional<StaffActionReply> refusal_of_cancel(const OrderRow& order) {
  if (order.cancel_requested)
    return refusal(Outcome::not_possible, "the cancellation of the order is being decided already");
  if (is_closed(order.status)) return refusal(Outcome::not_possible, "the order is closed already");
  if (!is_cancellable(order.status) || order.cancel_refused)
    return refusal(Outcome::packed, "the order is packed already");
  return std::nullopt;
}

std::optional<StaffActionReply> refusal_of_refund(const OrderRow& order, const std::vector<StaffAction>& open,
                                                  const std::vector<Item>& items,
                                                  const StaffActionRequest& request) {
  if (order.cancel_requested)
    return refusal(Outcome::not_possible, "the cancellation of the order is being decided");
  if (is_refunding_units(open))
    return refusal(Outcome::not_possible, "another refund of units is in progress: wait for its end");
  if (order.status == OrderStatus::paid || order.status == OrderStatus::assembling)
    return refusal_of_units(items, request);
  if (is_closed(order.status)) return refusal(Outcome::not_possible, "the order is closed");
  return order.was_paid ? refusal(Outcome::packed, "the order is packed already")
                        : refusal(Outcome::not_possible, "the order is not paid");
}

std::optional<StaffActionReply> refusal_of_release(const OrderRow& order) {
  if (is_closed(order.status) && !order.was_paid) return std::nullopt;
  return refusal(Outcome::not_possible, "only for an order that ended unpaid: cancel the order instead");
}

}  // namespace bramble::orders
