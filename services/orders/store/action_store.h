// The table of staff actions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/database.h"
#include "services/orders/orders.api.h"

namespace bramble::orders {

struct KnownAction {
  OrderId order_id;
  StaffAction action;
  std::string digest;
  bool was_answered_open = false;  // the first answer said that it is in progress
};

class ActionStore {
 public:
  std::optional<KnownAction> find(Tx& tx, const std::string& by_whom, const std::string& key) const;
  // False: the key is taken, perhaps by a request that has just committed.
  bool add(Tx& tx, const StaffActionRequest& request, const StaffAction& action) const;
  // Compare and set: false if the action has already ended.
  bool end(Tx& tx, const std::string& action, StaffActionState state) const;
  // Whether the first answer says "in progress"; stored with this call while the action has not ended.
  bool answer_open(Tx& tx, const std::string& action) const;
  // The newest actions of an order, the oldest of them first.
  std::vector<StaffAction> of_order(Tx& tx, const OrderId& order) const;
  // Those in progress.
  std::vector<StaffAction> open_of(Tx& tx, const OrderId& order) const;
  // The number of actions that change an order, and of its short picks. It never decreases.
  std::int64_t changes_of(Tx& tx, const OrderId& order) const;
  std::optional<StaffAction> of_id(Tx& tx, const std::string& action) const;
};

}  // namespace bramble::orders
