// The tables of staff accounts and of the browsers they sign in from.
#pragma once

#include <optional>
#include <vector>

#include "ports/database.h"
#include "services/auth/auth.api.h"

namespace bramble::auth {

struct StaffRow {
  UserId user_id;
  std::string login;
  std::string password_hash;
  std::string roles;  // words separated by spaces
  std::optional<SiteId> site_id;
  std::optional<Time> disabled_at;
  std::optional<Time> handed_until;  // somebody else knows the password, and it works until then
  bool demo = false;
  Time created_at;
  std::optional<Time> signed_in_at;
};

class StaffStore {
 public:
  // The account of a login in any case. Where old accounts differ by case alone, the exact login counts.
  std::optional<StaffRow> find(Tx& tx, const std::string& typed) const;
  // Whether another account that is not disabled has the login, in any case.
  bool is_taken(Tx& tx, const std::string& login, const UserId& by_other_than) const;
  std::optional<StaffRow> find_by_id(Tx& tx, const UserId& user) const;
  std::vector<StaffRow> list(Tx& tx, std::int64_t limit) const;  // by login
  void add(Tx& tx, const StaffRow& staff) const;
  void save(Tx& tx, const StaffRow& staff) const;
  void signed_in(Tx& tx, const UserId& user) const;

  // Whose device it is.
  std::optional<UserId> owner_of_device(Tx& tx, const std::string& hash) const;
  void keep_device(Tx& tx, const std::string& hash, const UserId& user, Time expires_at) const;
  void forget_devices(Tx& tx, const UserId& user) const;
  std::int64_t drop_old_devices(Tx& tx, std::int64_t limit) const;
};

}  // namespace bramble::auth
