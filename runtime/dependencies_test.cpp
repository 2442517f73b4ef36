#include "runtime/dependencies.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "testing/clock.h"
#include "testing/run.h"

namespace bramble {
namespace {

class Provider final : public HttpClient {
 public:
  Task<HttpResponse> send(HttpClientRequest) override {
    if (status == 0) throw Error(ErrorCode::timeout, "timeout", "it did not answer in time");
    co_return HttpResponse{status, {}, "", nullptr};
  }
  int status = 200;
};

class Depending : public testing::Test {
 public:
  DependencyState bank() { return dependencies.states().front(); }
  void ask(int status) {
    provider.status = status;
    try {
      run_sync(client.send({}));
    } catch (const Error&) {
    }
  }

  TestClock clock;
  Dependencies dependencies{clock};
  Provider provider;
  WatchedHttpClient client{provider, dependencies, "bank"};
};

TEST_F(Depending, OnWhatHasNotBeenAskedIsNoTrouble) {
  EXPECT_EQ(bank().name, "bank");
  EXPECT_EQ(bank().failing_since, std::nullopt);
  EXPECT_EQ(bank().answered_at, std::nullopt);
}

TEST_F(Depending, OnWhatRefusesIsNoTroubleAndOnWhatBreaksIs) {
  for (int status : {200, 201, 303, 400, 401, 404, 409, 422}) {
    ask(status);
    EXPECT_EQ(bank().failing_since, std::nullopt) << status;
  }
  for (int status : {0, 408, 429, 500, 503}) {
    ask(200);
    ask(status);
    EXPECT_EQ(bank().failing_since, clock.now()) << status;
    EXPECT_FALSE(bank().last_error.empty());
  }
}

TEST_F(Depending, TellsSinceWhenItFailsAndWithWhat) {
  ask(200);
  auto answered = clock.now();
  clock.advance(seconds(1));
  ask(503);
  auto since = clock.now();
  clock.advance(minutes(5));
  ask(0);
  EXPECT_EQ(bank().failing_since, since);
  EXPECT_EQ(bank().failed_at, clock.now());
  EXPECT_EQ(bank().answered_at, answered);
  EXPECT_EQ(bank().failures, 2);
  EXPECT_NE(bank().last_error.find("in time"), std::string::npos);
  ask(200);
  EXPECT_EQ(bank().failing_since, std::nullopt);
  EXPECT_EQ(bank().failures, 0);
}

TEST_F(Depending, OnWhatFailedLongAgoAndWasNotAskedSinceIsNoTroubleAnyMore) {
  ask(0);
  clock.advance(minutes(10) + seconds(1));
  EXPECT_EQ(bank().failing_since, std::nullopt);
  ask(0);
  EXPECT_EQ(bank().failing_since, clock.now());
  EXPECT_EQ(bank().failures, 1);
}

TEST_F(Depending, OnSeveralIsToldInTheOrderOfTheirNames) {
  dependencies.answered("search");
  dependencies.failed("SMS", "no");
  auto states = dependencies.states();
  ASSERT_EQ(states.size(), 3u);
  EXPECT_EQ(states[0].name, "SMS");
  EXPECT_EQ(states[1].name, "bank");
  EXPECT_EQ(states[2].name, "search");
}

}  // namespace
}  // namespace bramble
