// The table of what staff did to orders.
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
  bool was_answered_open = false;  // its first answer was that it is under way
};

class ActionStore {
 public:
  std::optional<KnownAction> find(Tx& tx, const std::string& by_whom, const std::string& key) const;
  // False: its key is taken, perhaps by a request that has just committed.
  bool add(Tx& tx, const StaffActionRequest& request, const StaffAction& action) const;
  // Compare and set: only what is under way ends. False: it had ended before.
  bool end(Tx& tx, const std::string& action, StaffActionState state) const;
  // Notes that the first answer is that it is under way. False: it has ended.
  bool answer_open(Tx& tx, const std::string& action) const;
  // The newest of them, in the order in which they were done.
  std::vector<StaffAction> of_order(Tx& tx, const OrderId& order) const;
  // Those under way.
  std::vector<StaffAction> open_of(Tx& tx, const OrderId& order) const;
  // How often staff have set out to change the order, and how often goods were missing. Never less than
  // before.
  std::int64_t changes_of(Tx& tx, const OrderId& order) const;
  std::optional<StaffAction> of_id(Tx& tx, const std::string& action) const;
};

}  // namespace bramble::orders
