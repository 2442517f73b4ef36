// The security log, from outside: what happened is in it, admins find it, `bramble check` says that it is
// whole.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/access/cast.h"

namespace bramble::access {
namespace {

// Asked until there is such an entry; taking events in takes a moment.
harness::Reply entries(const harness::Instance& instance, const std::string& query) {
  auto admin = harness::sign_in_staff(instance, instance.login("admin"));
  harness::Wire ops(instance.ops());
  harness::Reply reply;
  for (int looks = 0; looks < 300; ++looks) {
    reply = ops.ask("GET", "/api/v1/security/events?" + query, admin.header());
    if (reply.status != 200 || reply.json().root()["items"].size() > 0) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return reply;
}

TEST(SecurityLog, HasWhatHappenedToASession_I25) {
  const auto& instance = cast().instance();
  auto buyer = harness::sign_in_buyer(instance, "+79005550301");
  auto refresh = [&](const std::string& token) {
    harness::Wire shop(instance.storefront());
    return shop.ask("POST", "/api/v1/auth/tokens", {},
                    R"({"grant_type":"refresh_token","refresh_token":)" + harness::json_string(token) + "}");
  };
  auto next = refresh(buyer.refresh_token).text("refresh_token");
  refresh(next);
  EXPECT_EQ(refresh(buyer.refresh_token).status, 401);
  for (const char* kind : {"sign_in", "token_reused"}) {
    auto found = entries(instance, "kind=" + std::string(kind) + "&principal=" + buyer.user_id);
    ASSERT_EQ(found.status, 200) << found.body;
    auto json = found.json();
    ASSERT_EQ(json.root()["items"].size(), 1u) << kind << found.body;
    auto entry = *json.root()["items"].begin();
    EXPECT_EQ(entry["address"].text(), "127.0.0.1");
    EXPECT_EQ(entry["hash"].text().size(), 64u);
    EXPECT_EQ(found.body.find("9005550301"), std::string::npos) << "a whole phone number";
    EXPECT_EQ(found.body.find(buyer.refresh_token), std::string::npos);
  }
}

TEST(SecurityLog, HasWhatStaffDidAndHowItEnded_I25) {
  const auto& instance = cast().instance();
  auto admin = harness::sign_in_staff(instance, instance.login("admin"));
  harness::Wire ops(instance.ops());
  auto reply = ops.ask("POST", "/api/v1/dead-letters/replay", admin.header(),
                       R"({"module":"orders","kind":"job","id":"none"})");
  EXPECT_EQ(reply.status, 404) << reply.body;
  auto begun = entries(instance, "kind=staff_action&principal=" + admin.user_id);
  EXPECT_NE(begun.body.find("replay_dead_letter"), std::string::npos) << begun.body;
  auto ended = entries(instance, "kind=staff_action_done&principal=" + admin.user_id);
  EXPECT_NE(ended.body.find("dead_letter_not_found"), std::string::npos) << ended.body;
}

}  // namespace
}  // namespace bramble::access
