#include "gateways/edge/stream_limits.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "testing/fakes/quiet_metrics.h"

namespace bramble::edge {
namespace {

using Place = std::shared_ptr<StreamLimits::Place>;

class StreamLimitsTest : public testing::Test {
 protected:
  Place enter(const std::string& person, const std::string& address) {
    HttpRequest request;
    request.remote_address = address;
    HttpCall http;
    http.request = &request;
    http.call.caller.id = person;
    return limits->enter(http);
  }
  std::string refusal(const std::string& person, const std::string& address) {
    try {
      enter(person, address);
    } catch (const Error& error) {
      return error.reason;
    }
    return "";
  }
  void furnish(StreamRules rules) { limits = std::make_shared<StreamLimits>(rules, metrics, "test"); }

  QuietMetrics metrics;
  std::shared_ptr<StreamLimits> limits =
      std::make_shared<StreamLimits>(StreamRules{.of_person = 2, .of_address = 4}, metrics, "test");
};

TEST_F(StreamLimitsTest, TheOldestOfAPersonEndsWhenAnotherBegins) {
  auto first = enter("usr_1", "192.0.2.1");
  auto second = enter("usr_1", "192.0.2.2");
  int told = 0;
  first->on_taken([&] { ++told; });
  EXPECT_FALSE(first->is_taken());
  auto third = enter("usr_1", "192.0.2.3");
  EXPECT_TRUE(first->is_taken());
  EXPECT_FALSE(second->is_taken() || third->is_taken());
  EXPECT_EQ(told, 1);
  auto fourth = enter("usr_1", "192.0.2.4");
  EXPECT_TRUE(second->is_taken()) << "one that ends already is not ended again";
  EXPECT_EQ(told, 1);
  auto other = enter("usr_2", "192.0.2.5");
  EXPECT_FALSE(third->is_taken() || fourth->is_taken() || other->is_taken());
}

TEST_F(StreamLimitsTest, APlaceThatIsGivenBackIsFree) {
  auto first = enter("usr_1", "192.0.2.1");
  enter("usr_1", "192.0.2.1");
  enter("usr_1", "192.0.2.1");
  EXPECT_FALSE(first->is_taken());
  EXPECT_EQ(limits->open(), 1u);
  first.reset();
  EXPECT_EQ(limits->open(), 0u);
}

TEST_F(StreamLimitsTest, AnAddressThatHasManyIsRefusedMore) {
  std::vector<Place> places;
  for (int i = 0; i < 4; ++i)
    places.push_back(enter("usr_" + std::to_string(i), "2001:db8::" + std::to_string(i)));
  EXPECT_EQ(refusal("usr_9", "2001:db8::9"), "too_many_streams") << "a /64 is one customer";
  EXPECT_EQ(refusal("usr_9", "2001:db8:0:1::9"), "");
  places.pop_back();
  EXPECT_EQ(refusal("usr_9", "2001:db8::9"), "");
}

TEST_F(StreamLimitsTest, ThisMachineIsNotCountedWhileTheSandboxRuns) {
  furnish({.of_person = 2, .of_address = 1, .limit_loopback = false});
  auto first = enter("usr_1", "127.0.0.1");
  EXPECT_EQ(refusal("usr_2", "127.0.0.1"), "");
  auto second = enter("usr_1", "::1");
  auto third = enter("usr_1", "127.0.0.1");
  EXPECT_TRUE(first->is_taken()) << "a person always is";
}

}  // namespace
}  // namespace bramble::edge
