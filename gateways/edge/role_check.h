// Whether a route is open to somebody of staff, by roles.
#pragma once

#include "gateways/edge/route.h"

namespace bramble::edge {

// In a route's roles: open to every session, also one whose account is not complete. Such a session has, in
// place of its roles, the words for what is to be done first ("must_change_password", "must_enrol_factor"),
// and gets nothing else.
inline constexpr std::string_view own_account = "own_account";

bool is_incomplete(const Caller& caller);
bool is_for_own_account(const RouteInfo& info);

// Throws Error forbidden: "password_change_required", "factor_enrolment_required" or "forbidden".
void check_role(const RouteInfo& info, const Caller& caller);

}  // namespace bramble::edge
