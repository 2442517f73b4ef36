#include "services/auth/staff_store.h"

#include "services/auth/staff_rules.h"

namespace bramble::auth {
namespace {

#define STAFF_COLUMNS \
  "user_id, login, password_hash, roles, site_id, disabled_at, handed_until, demo, created_at, signed_in_at"

StaffRow staff_of(const Row& row) {
  return {row.get<UserId>(0),
          row.get<std::string>(1),
          row.get<std::string>(2),
          row.get<std::string>(3),
          row.get<std::optional<SiteId>>(4),
          row.get<std::optional<Time>>(5),
          row.get<std::optional<Time>>(6),
          row.get<bool>(7),
          row.get<Time>(8),
          row.get<std::optional<Time>>(9)};
}

std::optional<StaffRow> first_of(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return staff_of(rows.front());
}

}  // namespace

std::optional<StaffRow> StaffStore::find(Tx& tx, const std::string& typed) const {
  return first_of(tx.query("SELECT " STAFF_COLUMNS " FROM staff WHERE login IN ($1, $2)"
                           " ORDER BY CASE WHEN login = $1 THEN 0 ELSE 1 END LIMIT 1",
                           typed, canonical_login(typed)));
}

bool StaffStore::is_taken(Tx& tx, const std::string& login, const UserId& by_other_than) const {
  return !tx.query("SELECT 1 FROM staff WHERE LOWER(login) = $1 AND user_id <> $2 AND disabled_at IS NULL "
                   "LIMIT 1",
                   canonical_login(login), by_other_than)
              .empty();
}

std::optional<StaffRow> StaffStore::find_by_id(Tx& tx, const UserId& user) const {
  return first_of(tx.query("SELECT " STAFF_COLUMNS " FROM staff WHERE user_id = $1", user));
}

std::vector<StaffRow> StaffStore::list(Tx& tx, std::int64_t limit) const {
  std::vector<StaffRow> found;
  for (auto row : tx.query("SELECT " STAFF_COLUMNS " FROM staff ORDER BY login LIMIT $1", limit))
    found.push_back(staff_of(row));
  return found;
}

void StaffStore::add(Tx& tx, const StaffRow& staff) const {
  tx.send("INSERT INTO staff (" STAFF_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
          staff.user_id, staff.login, staff.password_hash, staff.roles, staff.site_id, staff.disabled_at,
          staff.handed_until, staff.demo, staff.created_at, staff.signed_in_at);
}

void StaffStore::save(Tx& tx, const StaffRow& staff) const {
  tx.send(
      "UPDATE staff SET password_hash = $2, roles = $3, site_id = $4, disabled_at = $5, handed_until = $6,"
      " demo = $7 WHERE user_id = $1",
      staff.user_id, staff.password_hash, staff.roles, staff.site_id, staff.disabled_at, staff.handed_until,
      staff.demo);
}

void StaffStore::signed_in(Tx& tx, const UserId& user) const {
  tx.send("UPDATE staff SET signed_in_at = $2 WHERE user_id = $1", user, tx.now());
}

std::optional<UserId> StaffStore::owner_of_device(Tx& tx, const std::string& hash) const {
  auto rows =
      tx.query("SELECT user_id FROM staff_device WHERE device_hash = $1 AND expires_at > $2", hash, tx.now());
  if (rows.empty()) return std::nullopt;
  return rows.front().get<UserId>(0);
}

void StaffStore::keep_device(Tx& tx, const std::string& hash, const UserId& user, Time expires_at) const {
  tx.send("INSERT INTO staff_device (device_hash, user_id, expires_at) VALUES ($1, $2, $3)", hash, user,
          expires_at);
}

void StaffStore::forget_devices(Tx& tx, const UserId& user) const {
  tx.send("DELETE FROM staff_device WHERE user_id = $1", user);
}

std::int64_t StaffStore::drop_old_devices(Tx& tx, std::int64_t limit) const {
  return tx.exec("DELETE FROM staff_device WHERE device_hash IN (SELECT device_hash FROM staff_device"
                 " WHERE expires_at < $1 LIMIT $2)",
                 tx.now(), limit);
}

}  // namespace bramble::auth
