// Which accounts may sign in, and with which roles. No I/O.
#pragma once

#include "services/auth/staff_store.h"

namespace bramble::auth {

// In the place of all roles while the account is not complete: gateways let such a session do nothing but
// that.
inline constexpr std::string_view must_change_password = "must_change_password";
inline constexpr std::string_view must_enrol_factor = "must_enrol_factor";

// What a session of an account may do.
struct Access {
  std::string roles;  // words separated by spaces
  std::string site;
};

// Whether somebody may be signed in to it at all.
bool is_usable(const StaffRow& staff, bool sandboxed, Time now);

// Admins have a second factor, but where only the sandbox is at stake.
bool needs_factor(const StaffRow& staff, bool sandboxed);
Access access_of(const StaffRow& staff, bool has_factor, bool sandboxed);

// The one form of a login: lower case. Staff may type it in any case.
std::string canonical_login(std::string_view typed);
// Throws Error invalid for text that is not a login.
void check_login(std::string_view login);

// Throws Error invalid for a role that is not known or given twice, and for a worker without a site.
void check_roles(const std::vector<std::string>& roles, const std::optional<SiteId>& site);
std::string roles_text(const std::vector<std::string>& roles);
bool has_role(const StaffRow& staff, std::string_view role);

// Whether anybody else may still sign in as an admin.
bool is_last_admin(const std::vector<StaffRow>& all, const UserId& user, bool sandboxed);

StaffAccount account_of(const StaffRow& staff, bool has_factor);

}  // namespace bramble::auth
