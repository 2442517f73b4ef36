#include "gateways/edge/rate_limit.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "testing/clock.h"

namespace bramble::edge {
namespace {

class RateLimitTest : public testing::Test {
 protected:
  // How many of so many requests at once are let through.
  int let_through(const std::string& who, int asked) {
    int count = 0;
    for (int i = 0; i < asked; ++i) count += is_refused(who) ? 0 : 1;
    return count;
  }
  bool is_refused(const std::string& who) {
    headers = {};
    try {
      limit.take(who, headers);
      return false;
    } catch (const Error& error) {
      EXPECT_EQ(error.code, ErrorCode::exhausted);
      EXPECT_EQ(error.reason, "too_many_requests");
      return true;
    }
  }

  TestClock clock;
  RateLimit limit{clock, {.name = "principal", .per_second = 10, .burst = 20}};
  HttpHeaders headers;
};

TEST_F(RateLimitTest, ABurstIsLetThroughAndThenSoManyASecond) {
  EXPECT_EQ(let_through("usr_1", 100), 20);
  clock.advance(milliseconds(500));
  EXPECT_EQ(let_through("usr_1", 100), 5);
  clock.advance(hours(1));
  EXPECT_EQ(let_through("usr_1", 100), 20);
}

TEST_F(RateLimitTest, EachNameIsCountedByItself) {
  EXPECT_EQ(let_through("usr_1", 100), 20);
  EXPECT_EQ(let_through("usr_2", 100), 20);
}

TEST_F(RateLimitTest, WhoIsRefusedIsToldThePolicy) {
  EXPECT_FALSE(is_refused("usr_1"));
  EXPECT_EQ(headers.size(), 0U);
  let_through("usr_1", 100);
  EXPECT_TRUE(is_refused("usr_1"));
  EXPECT_EQ(headers.get("RateLimit"), "\"principal\";r=0;t=1");
  EXPECT_EQ(headers.get("RateLimit-Policy"), "\"principal\";q=20;w=2");
}

TEST_F(RateLimitTest, AClockThatGoesBackGivesNothingAway) {
  EXPECT_EQ(let_through("usr_1", 100), 20);
  clock.advance(Duration{-minutes(1).us});
  EXPECT_EQ(let_through("usr_1", 100), 0);
}

}  // namespace
}  // namespace bramble::edge
