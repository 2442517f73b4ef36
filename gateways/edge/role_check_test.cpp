#include "gateways/edge/role_check.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace bramble::edge {
namespace {

RouteInfo route(std::vector<std::string_view> roles) {
  RouteInfo info;
  info.auth = Auth::staff;
  info.roles = std::move(roles);
  return info;
}

Caller somebody(std::vector<std::string> roles) {
  Caller caller;
  caller.kind = CallerKind::staff;
  caller.id = "usr_1";
  caller.roles = std::move(roles);
  return caller;
}

std::string refusal(const RouteInfo& info, const Caller& caller) {
  try {
    check_role(info, caller);
  } catch (const Error& error) {
    return error.reason;
  }
  return "let in";
}

TEST(Roles, OpenTheRoutesThatNameThem) {
  EXPECT_EQ(refusal(route({"admin", "support"}), somebody({"support"})), "let in");
  EXPECT_EQ(refusal(route({"admin"}), somebody({"support"})), "forbidden");
  EXPECT_EQ(refusal(route({}), somebody({"warehouse"})), "let in");
  EXPECT_EQ(refusal(route({}), somebody({})), "let in");
}

TEST(Roles, WaitUntilAnAccountIsComplete) {
  for (const auto& [what, reason] :
       {std::pair<std::string, std::string>{"must_change_password", "password_change_required"},
        std::pair<std::string, std::string>{"must_enrol_factor", "factor_enrolment_required"}}) {
    EXPECT_EQ(refusal(route({}), somebody({what})), reason);
    EXPECT_EQ(refusal(route({"admin"}), somebody({what})), reason);
    EXPECT_EQ(refusal(route({"admin"}), somebody({what, "admin"})), reason);
    EXPECT_EQ(refusal(route({"own_account"}), somebody({what})), "let in");
    EXPECT_TRUE(is_incomplete(somebody({what})));
  }
  EXPECT_EQ(refusal(route({"own_account"}), somebody({"warehouse"})), "let in");
}

}  // namespace
}  // namespace bramble::edge
