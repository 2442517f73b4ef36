#include "services/auth/staff_office.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "services/auth/password_policy.h"
#include "services/auth/security_notes.h"

namespace bramble::auth {
namespace {

constexpr std::int64_t most_staff = 10'000;
constexpr std::size_t made_bytes = 12;
constexpr const char* first_login = "admin";

}  // namespace

void StaffOffice::check_is_admin(const Call& call) const {
  const auto& caller = call.caller;
  bool admin = caller.kind == CallerKind::staff && caller.has_role("admin");
  if (!admin && caller.kind != CallerKind::system)
    throw Error(ErrorCode::forbidden, "not_admin", "only admins may do this");
}

void StaffOffice::check_is_another(const Call& call, const UserId& user) const {
  if (call.caller.kind == CallerKind::staff && call.caller.id == user.text())
    throw Error(ErrorCode::conflict, "own_account", "another admin has to do this with your account");
}

void StaffOffice::check_not_last_admin(Tx& tx, const UserId& user) const {
  if (is_last_admin(store_.list(tx, most_staff), user, parts_.settings.sandboxed))
    throw Error(ErrorCode::conflict, "last_admin", "nobody else is an admin; make another one first");
}

void StaffOffice::refuse_login() const {
  throw Error(ErrorCode::conflict, "login_taken", "there is an account with this login");
}

void StaffOffice::check_is_free(Tx& tx, const std::string& login, const UserId& by_other_than) const {
  if (store_.is_taken(tx, login, by_other_than)) refuse_login();
}

StaffRow StaffOffice::find(Tx& tx, const UserId& user) const {
  auto found = store_.find_by_id(tx, user);
  if (!found) throw Error(ErrorCode::not_found, "staff_not_found", "there is no such account");
  return std::move(*found);
}

Task<StaffOffice::Handed> StaffOffice::make_password(Call call) {
  Handed handed;
  handed.password = to_base64url(parts_.random.bytes(made_bytes));
  handed.hash = co_await desk_.hash(call, handed.password);
  co_return handed;
}

StaffRow StaffOffice::new_account(Tx& tx, const std::string& login, const std::string& hash) const {
  StaffRow staff;
  staff.user_id = new_id<UserId>(parts_.clock, parts_.random, login);
  staff.login = canonical_login(login);
  staff.password_hash = hash;
  staff.created_at = tx.now();
  return staff;
}

HandedPassword StaffOffice::handed(const StaffRow& staff, const std::string& password) const {
  return {staff.user_id, staff.login, password, staff.handed_until.value_or(Time{})};
}

void StaffOffice::end_sessions(Tx& tx, const UserId& user) const {
  parts_.sessions.end_all(tx, user);
  store_.forget_devices(tx, user);
  factors_.drop_proofs(tx, user);
}

StaffAccount StaffOffice::account(Tx& tx, const StaffRow& staff) const {
  return account_of(staff, factors_.has_factor(tx, staff.user_id));
}

void StaffOffice::note(Tx& tx, const Call& call, std::string_view kind, const StaffRow& staff,
                       std::string what) const {
  tell_security(tx, "", {kind, call.caller.id, "login " + staff.login, std::move(what)});
}

Task<User> StaffOffice::put(Call call, PutStaffRequest request) {
  check_login(request.login);
  check_new_password(request.password, request.login, "password");
  auto hash = co_await desk_.hash(call, request.password);
  co_return co_await parts_.database.transact(call, "", [&](Tx& tx) {
    auto known = store_.find(tx, request.login);
    if (!known || known->disabled_at)
      check_is_free(tx, request.login, known ? known->user_id : UserId{});
    if (known && request.demo && !known->demo)
      throw Error(ErrorCode::conflict, "login_taken", request.login + " is an account of somebody's");
    auto staff = known ? *known : new_account(tx, request.login, hash);
    staff.password_hash = hash;
    staff.roles = roles_text(request.roles);
    staff.site_id = request.site_id;
    staff.demo = request.demo;
    staff.disabled_at.reset();
    staff.handed_until.reset();
    note(tx, call, known ? "staff_changed" : "staff_added", staff, "roles: " + staff.roles);
    if (!known) {
      store_.add(tx, staff);
      return User{staff.user_id};
    }
    store_.save(tx, staff);
    end_sessions(tx, staff.user_id);
    return User{staff.user_id};
  });
}

// A demo that is no demo any more has staff that may not sign in.
Task<FirstAdminReply> StaffOffice::first_admin(Call call, FirstAdminRequest request) {
  check_is_admin(call);
  auto is_missing = [&](Tx& tx) {
    auto all = store_.list(tx, most_staff);
    return std::none_of(all.begin(), all.end(),
                        [&](const StaffRow& staff) { return parts_.settings.sandboxed || !staff.demo; });
  };
  if (!co_await parts_.database.read(call, "", is_missing)) co_return FirstAdminReply{};
  Handed password;
  if (request.password.empty()) {
    password = co_await make_password(call);
  } else {
    check_new_password(request.password, first_login, "password");
    password = {request.password, co_await desk_.hash(call, request.password)};
  }
  auto made = co_await parts_.database.transact(call, "", [&](Tx& tx) -> std::optional<StaffRow> {
    if (!is_missing(tx)) return std::nullopt;
    auto known = store_.find(tx, first_login);
    auto staff = known ? *known : new_account(tx, first_login, password.hash);
    staff.password_hash = password.hash;
    staff.roles = "admin";
    staff.site_id.reset();
    staff.demo = false;
    staff.disabled_at.reset();
    staff.handed_until = tx.now() + parts_.settings.handed_life;
    if (known) {
      store_.save(tx, staff);
      end_sessions(tx, staff.user_id);
    } else {
      store_.add(tx, staff);
    }
    note(tx, call, "staff_added", staff, "the first admin");
    return staff;
  });
  if (!made) co_return FirstAdminReply{};
  co_return FirstAdminReply{handed(*made, password.password)};
}

Task<ListStaffReply> StaffOffice::list(Call call, ListStaffRequest) {
  check_is_admin(call);
  co_return co_await parts_.database.read(call, "", [&](Tx& tx) {
    ListStaffReply reply;
    for (const auto& staff : store_.list(tx, most_staff)) reply.items.push_back(account(tx, staff));
    return reply;
  });
}

Task<HandedPassword> StaffOffice::add(Call call, AddStaffRequest request) {
  check_is_admin(call);
  check_login(request.login);
  check_roles(request.roles, request.site_id);
  auto password = co_await make_password(call);
  auto made = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    if (store_.find(tx, request.login)) refuse_login();
    check_is_free(tx, request.login, {});
    if (std::ssize(store_.list(tx, most_staff)) >= most_staff)
      throw Error(ErrorCode::conflict, "too_many_staff", "there are as many accounts as there may be");
    auto staff = new_account(tx, request.login, password.hash);
    staff.roles = roles_text(request.roles);
    staff.site_id = request.site_id;
    staff.handed_until = tx.now() + parts_.settings.handed_life;
    store_.add(tx, staff);
    note(tx, call, "staff_added", staff, "roles: " + staff.roles);
    return staff;
  });
  co_return handed(made, password.password);
}

Task<StaffAccount> StaffOffice::set_roles(Call call, SetStaffRolesRequest request) {
  check_is_admin(call);
  check_is_another(call, request.user_id);
  check_roles(request.roles, request.site_id);
  auto changed = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    auto staff = find(tx, request.user_id);
    bool stays_admin = std::find(request.roles.begin(), request.roles.end(), "admin") != request.roles.end();
    if (has_role(staff, "admin") && !stays_admin) check_not_last_admin(tx, staff.user_id);
    staff.roles = roles_text(request.roles);
    staff.site_id = request.site_id;
    store_.save(tx, staff);
    end_sessions(tx, staff.user_id);
    note(tx, call, "staff_changed", staff, "roles: " + staff.roles);
    return account(tx, staff);
  });
  co_return changed;
}

Task<StaffAccount> StaffOffice::disable(Call call, StaffRequest request) {
  check_is_admin(call);
  check_is_another(call, request.user_id);
  auto changed = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    auto staff = find(tx, request.user_id);
    if (has_role(staff, "admin")) check_not_last_admin(tx, staff.user_id);
    if (!staff.disabled_at) staff.disabled_at = tx.now();
    store_.save(tx, staff);
    end_sessions(tx, staff.user_id);
    note(tx, call, "staff_changed", staff, "disabled");
    return account(tx, staff);
  });
  co_return changed;
}

Task<StaffAccount> StaffOffice::enable(Call call, StaffRequest request) {
  check_is_admin(call);
  auto changed = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    auto staff = find(tx, request.user_id);
    if (staff.disabled_at) check_is_free(tx, staff.login, staff.user_id);
    staff.disabled_at.reset();
    store_.save(tx, staff);
    note(tx, call, "staff_changed", staff, "enabled");
    return account(tx, staff);
  });
  co_return changed;
}

Task<HandedPassword> StaffOffice::reset_password(Call call, StaffRequest request) {
  check_is_admin(call);
  check_is_another(call, request.user_id);
  auto password = co_await make_password(call);
  auto changed = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    auto staff = find(tx, request.user_id);
    staff.password_hash = password.hash;
    staff.handed_until = tx.now() + parts_.settings.handed_life;
    store_.save(tx, staff);
    end_sessions(tx, staff.user_id);
    note(tx, call, "staff_changed", staff, "the password was reset");
    return staff;
  });
  co_return handed(changed, password.password);
}

Task<StaffAccount> StaffOffice::reset_factors(Call call, StaffRequest request) {
  check_is_admin(call);
  check_is_another(call, request.user_id);
  auto changed = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    auto staff = find(tx, request.user_id);
    factors_.drop_factors(tx, staff.user_id);
    end_sessions(tx, staff.user_id);
    note(tx, call, "staff_changed", staff, "second factors were taken away");
    return account_of(staff, false);
  });
  co_return changed;
}

}  // namespace bramble::auth
