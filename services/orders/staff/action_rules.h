// Which actions of staff an order permits, and how a refusal is worded. Pure rules.
#pragma once

#include <optional>
#include <string>

#include "services/orders/store/order_store.h"

namespace bramble::orders {

// Throws Error forbidden or invalid.
void check(const Call& call, const StaffActionRequest& request);

StaffActionReply refusal(StaffActionOutcome outcome, std::string detail);

// Turns the reply to an action that came too late into a refusal.
void show_refusal(StaffActionReply& reply);

// Nothing: the action is permitted. `open` are the actions of the order that are in progress; `items` are
// read only for a refund of units.
std::optional<StaffActionReply> refusal_of_cancel(const OrderRow& order);
std::optional<StaffActionReply> refusal_of_refund(const OrderRow& order, const std::vector<StaffAction>& open,
                                                  const std::vector<Item>& items,
                                                  const StaffActionRequest& request);
std::optional<StaffActionReply> refusal_of_release(const OrderRow& order);

}  // namespace bramble::orders
