// Checks whether a member of staff may use a route, by roles.
#pragma once

#include "gateways/edge/route.h"

namespace bramble::edge {

// A route with this role is open to every session, also to one of an incomplete account. Such a session has
// the words for its next step ("must_change_password", "must_enrol_factor") instead of roles and may do
// nothing else.
inline constexpr std::string_view own_account = "own_account";

bool is_incomplete(const Caller& caller);
bool is_for_own_account(const RouteInfo& info);

// Throws Error forbidden: "password_change_required", "factor_enrolment_required" or "forbidden".
void check_role(const RouteInfo& info, const Caller& caller);

}  // namespace bramble::edge
