#include "gateways/edge/role_check.h"

#include <algorithm>

#include "base/error.h"

namespace bramble::edge {

bool is_incomplete(const Caller& caller) {
  return caller.has_role("must_change_password") || caller.has_role("must_enrol_factor");
}

bool is_for_own_account(const RouteInfo& info) {
  return std::find(info.roles.begin(), info.roles.end(), own_account) != info.roles.end();
}

void check_role(const RouteInfo& info, const Caller& caller) {
  if (is_for_own_account(info)) return;
  if (info.auth == Auth::staff && caller.has_role("must_change_password"))
    throw Error(ErrorCode::forbidden, "password_change_required", "Change your password first.");
  if (info.auth == Auth::staff && caller.has_role("must_enrol_factor"))
    throw Error(ErrorCode::forbidden, "factor_enrolment_required", "Set up a second factor first.");
  bool allowed =
      info.roles.empty() || std::any_of(info.roles.begin(), info.roles.end(),
                                        [&](std::string_view role) { return caller.has_role(role); });
  if (!allowed) throw Error(ErrorCode::forbidden, "forbidden", "Your role does not allow this.");
}

}  // namespace bramble::edge
