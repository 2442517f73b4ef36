#include "gateways/edge/security_watch.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "testing/fakes/fake_security.h"
#include "testing/run.h"

namespace bramble::edge {
namespace {

class SecurityWatchTest : public testing::Test {
 protected:
  SecurityWatchTest() { request.headers.add("Authorization", "Bearer x"); }
  void see(int status, const std::string& who, const std::string& address, int times = 1,
           std::string_view code = "forbidden") {
    HttpCall http;
    http.request = &request;
    http.call.caller.id = who;
    request.remote_address = address;
    RouteInfo info{.name = "cancel_order"};
    for (int i = 0; i < times; ++i) watch.see(info, http, status, code);
  }
  void tell() { run_sync(watch.tell({})); }

  HttpRequest request;
  FakeSecurity log;
  SecurityWatch watch{log};
};

TEST_F(SecurityWatchTest, WhatOnePersonIsRefusedInAMinuteIsOneEntryWithItsNumber) {
  see(403, "usr_1", "192.0.2.1", 300);
  see(403, "usr_2", "192.0.2.1");
  tell();
  ASSERT_EQ(log.sightings.size(), 2u);
  EXPECT_EQ(log.sightings[0].kind, "forbidden");
  EXPECT_EQ(log.sightings[0].principal, "usr_1");
  EXPECT_EQ(log.sightings[0].address, "192.0.2.1");
  EXPECT_EQ(log.sightings[0].subject, "cancel_order");
  EXPECT_EQ(log.sightings[0].times, 300);
  tell();
  EXPECT_EQ(log.sightings.size(), 2u) << "told once";
}

TEST_F(SecurityWatchTest, AStrangerIsNamedByAddress) {
  see(429, "", "192.0.2.1", 2, "too_many_codes");
  tell();
  ASSERT_EQ(log.sightings.size(), 1u);
  EXPECT_EQ(log.sightings[0].kind, "throttled");
  EXPECT_EQ(log.sightings[0].principal, "");
  EXPECT_EQ(log.sightings[0].address, "192.0.2.1");
  EXPECT_EQ(log.sightings[0].detail, "too_many_codes");
}

TEST_F(SecurityWatchTest, TokensThatEndAsAllDoAreNoNews) {
  see(401, "", "192.0.2.1", 4, "invalid_token");
  see(401, "", "192.0.2.2", 5, "invalid_token");
  see(200, "usr_1", "192.0.2.1");
  see(404, "usr_1", "192.0.2.1");
  tell();
  ASSERT_EQ(log.sightings.size(), 1u);
  EXPECT_EQ(log.sightings[0].address, "192.0.2.2");
  request.headers = {};
  request.method = "GET";
  see(401, "", "192.0.2.3", 100, "unauthenticated");
  tell();
  EXPECT_EQ(log.sightings.size(), 1u) << "who has shown nothing has only not signed in yet";
}

TEST_F(SecurityWatchTest, AFloodFromEverywhereIsCountedAndNotKept) {
  for (int i = 0; i < 5'000; ++i)
    see(429, "", "198.51." + std::to_string(i / 250) + "." + std::to_string(i % 250));
  tell();
  ASSERT_EQ(log.sightings.size(), 1'000u);
  EXPECT_EQ(log.sightings.back().kind, "overflow");
  EXPECT_EQ(log.sightings.back().times, 5'000 - 999);
}

TEST_F(SecurityWatchTest, OneWithAWholeNetworkIsOneEntry) {
  for (int i = 1; i <= 2'000; ++i) see(429, "", "2001:db8:1:2::" + std::to_string(i));
  see(429, "", "2001:db8:1:3::1");
  tell();
  ASSERT_EQ(log.sightings.size(), 2u);
  EXPECT_EQ(log.sightings[0].times, 2'000);
}

TEST_F(SecurityWatchTest, WhatCouldNotBeToldIsToldTheNextTime) {
  see(403, "usr_1", "192.0.2.1", 3);
  log.trouble.next("note", Trouble::When::before);
  EXPECT_THROW(tell(), Error);
  see(403, "usr_1", "192.0.2.1", 2);
  tell();
  ASSERT_EQ(log.sightings.size(), 1u);
  EXPECT_EQ(log.sightings[0].times, 5);
}

}  // namespace
}  // namespace bramble::edge
