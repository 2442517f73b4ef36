#include "services/orders/store/action_store.h"

#include <algorithm>

namespace bramble::orders {
namespace {

constexpr std::int64_t most_actions = 200;

#define ACTION_COLUMNS "action_id, kind, state, units, reason, by_whom, at"

StaffAction action_of(const Row& row) {
  auto units = StaffActionRequest::decode(row.get<std::string>(3)).units;
  return {row.get<std::string>(0), row.get<StaffActionKind>(1), row.get<StaffActionState>(2),
          std::move(units),        row.get<std::string>(4),     row.get<std::string>(5),
          row.get<Time>(6)};
}

std::vector<StaffAction> actions_of(const Rows& rows) {
  std::vector<StaffAction> found;
  for (auto row : rows) found.push_back(action_of(row));
  return found;
}

}  // namespace

std::optional<KnownAction> ActionStore::find(Tx& tx, const std::string& by_whom,
                                             const std::string& key) const {
  auto rows = tx.query("SELECT " ACTION_COLUMNS
                       ", order_id, digest, answered_open FROM staff_action WHERE by_whom = $1 AND key = $2",
                       by_whom, key);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return KnownAction{row.get<OrderId>(7), action_of(row), row.get<std::string>(8), row.get<bool>(9)};
}

bool ActionStore::add(Tx& tx, const StaffActionRequest& request, const StaffAction& action) const {
  StaffActionRequest units;
  units.units = action.units;
  auto bytes = units.encode();
  return tx.exec("INSERT INTO staff_action (" ACTION_COLUMNS
                 ", order_id, key, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
                 " ON CONFLICT (by_whom, key) DO NOTHING",
                 action.action_id, action.kind, action.state, Blob{bytes}, action.reason, action.by_whom,
                 action.at, request.order_id, request.idempotency_key, request.idempotency_digest) == 1;
}

bool ActionStore::end(Tx& tx, const std::string& action, StaffActionState state) const {
  return tx.exec("UPDATE staff_action SET state = $2 WHERE action_id = $1 AND state = 0", action, state) == 1;
}

bool ActionStore::answer_open(Tx& tx, const std::string& action) const {
  return tx.exec("UPDATE staff_action SET answered_open = 1"
                 " WHERE action_id = $1 AND (state = 0 OR answered_open = 1)",
                 action) == 1;
}

std::int64_t ActionStore::changes_of(Tx& tx, const OrderId& order) const {
  constexpr auto changing = static_cast<std::int64_t>(StaffActionKind::release_hold);
  return tx
      .query("SELECT (SELECT COUNT(*) FROM staff_action WHERE order_id = $1 AND kind <= $2)"
             " + (SELECT COUNT(*) FROM short_pick WHERE order_id = $1)",
             order, changing)
      .front()
      .get<std::int64_t>(0);
}

std::vector<StaffAction> ActionStore::of_order(Tx& tx, const OrderId& order) const {
  auto found = actions_of(tx.query("SELECT " ACTION_COLUMNS
                                   " FROM staff_action WHERE order_id = $1 ORDER BY at DESC, action_id DESC"
                                   " LIMIT $2",
                                   order, most_actions));
  std::reverse(found.begin(), found.end());
  return found;
}

std::vector<StaffAction> ActionStore::open_of(Tx& tx, const OrderId& order) const {
  return actions_of(tx.query("SELECT " ACTION_COLUMNS " FROM staff_action WHERE order_id = $1 AND state = 0"
                             " ORDER BY at, action_id LIMIT $2",
                             order, most_actions));
}

std::optional<StaffAction> ActionStore::of_id(Tx& tx, const std::string& action) const {
  auto rows = tx.query("SELECT " ACTION_COLUMNS " FROM staff_action WHERE action_id = $1", action);
  if (rows.empty()) return std::nullopt;
  return action_of(rows.front());
}

}  // namespace bramble::orders
