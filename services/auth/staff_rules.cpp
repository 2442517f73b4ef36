#include "services/auth/staff_rules.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/error.h"
#include "services/auth/sessions.h"

namespace bramble::auth {
namespace {

constexpr std::array<std::string_view, 4> known_roles{"admin", "support", "warehouse", "supervisor"};

}  // namespace

bool is_usable(const StaffRow& staff, bool sandboxed, Time now) {
  bool handed_too_long_ago = staff.handed_until && *staff.handed_until <= now;
  return !staff.disabled_at && !handed_too_long_ago && (sandboxed || !staff.demo);
}

bool needs_factor(const StaffRow& staff, bool sandboxed) { return !sandboxed && has_role(staff, "admin"); }

Access access_of(const StaffRow& staff, bool has_factor, bool sandboxed) {
  if (staff.handed_until) return {std::string(must_change_password), {}};
  if (!has_factor && needs_factor(staff, sandboxed)) return {std::string(must_enrol_factor), {}};
  return {staff.roles, staff.site_id.value_or(SiteId()).text()};
}

std::string canonical_login(std::string_view typed) { return ascii_lower(typed); }

void check_login(std::string_view login) {
  constexpr std::size_t longest = 64;
  constexpr std::string_view marks = "_.-";
  bool plain = std::all_of(login.begin(), login.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != std::string_view::npos;
  });
  if (login.empty()) throw_invalid("login", "required", "is required");
  if (!plain || login.size() > longest)
    throw_invalid("login", "malformed", "1 to 64 Latin letters, digits, '_', '.' or '-'");
}

void check_roles(const std::vector<std::string>& roles, const std::optional<SiteId>& site) {
  if (roles.empty())
    throw_invalid("roles", "required", "at least one of admin, support, warehouse, supervisor");
  for (auto role = roles.begin(); role != roles.end(); ++role) {
    if (std::find(known_roles.begin(), known_roles.end(), *role) == known_roles.end())
      throw_invalid("roles", "not_allowed", "each one of admin, support, warehouse, supervisor");
    if (std::find(roles.begin(), role, *role) != role)
      throw_invalid("roles", "not_allowed", "each role once");
  }
  bool worker = std::find(roles.begin(), roles.end(), "warehouse") != roles.end();
  if (worker && !site) throw_invalid("site_id", "required", "the site where the worker belongs");
}

std::string roles_text(const std::vector<std::string>& roles) {
  std::string text;
  for (const auto& role : roles) text += (text.empty() ? "" : " ") + role;
  return text;
}

bool has_role(const StaffRow& staff, std::string_view role) {
  auto roles = words_in(staff.roles);
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool is_last_admin(const std::vector<StaffRow>& all, const UserId& user, bool sandboxed) {
  return std::none_of(all.begin(), all.end(), [&](const StaffRow& staff) {
    return staff.user_id != user && !staff.disabled_at && (sandboxed || !staff.demo) &&
           has_role(staff, "admin");
  });
}

StaffAccount account_of(const StaffRow& staff, bool has_factor) {
  StaffAccount account;
  account.user_id = staff.user_id;
  account.login = staff.login;
  account.roles = words_in(staff.roles);
  account.site_id = staff.site_id;
  account.disabled = staff.disabled_at.has_value();
  account.invited = staff.handed_until.has_value();
  account.demo = staff.demo;
  account.created_at = staff.created_at;
  account.signed_in_at = staff.signed_in_at;
  account.second_factor = has_factor;
  return account;
}

}  // namespace bramble::auth
