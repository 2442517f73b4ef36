#include "gateways/edge/revocations.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "testing/clock.h"
#include "testing/fakes/fake_auth.h"
#include "testing/run.h"

namespace bramble::edge {
namespace {

class RevocationsTest : public testing::Test {
 protected:
  void end_session(const std::string& session) {
    auth.revocations.push_back({next(), session, std::nullopt, clock.now(), clock.now() + minutes(16)});
  }
  void end_person(const std::string& user) {
    auth.revocations.push_back({next(), std::nullopt, UserId(user), clock.now(), clock.now() + minutes(16)});
  }
  std::int64_t next() const { return auth.revocations.empty() ? 1 : auth.revocations.back().seq + 1; }
  SessionMark session(std::string id) const {
    return {std::move(id), clock.now(), clock.now() + minutes(15)};
  }
  void fetch() { run_sync(revocations.fetch({})); }
  void fail_to_fetch() {
    auth.trouble.next("list_revocations", Trouble::When::before);
    EXPECT_THROW(fetch(), Error);
  }
  // The reason, or empty if it may come in.
  std::string refusal(const std::string& user, const SessionMark& of) const {
    try {
      revocations.check(user, of);
    } catch (const Error& error) {
      return error.reason;
    }
    return "";
  }

  TestClock clock;
  FakeAuth auth;
  Revocations revocations{auth, clock, minutes(5)};
};

TEST_F(RevocationsTest, AnEndedSessionIsRefusedAndNoOther) {
  auto one = session("one"), other = session("other");
  end_session("one");
  fetch();
  EXPECT_EQ(refusal("usr_1", one), "invalid_token");
  EXPECT_EQ(refusal("usr_1", other), "");
}

TEST_F(RevocationsTest, EverythingOfAPersonThatBeganBeforeIsRefusedAndNothingThatBeganAfter) {
  auto before = session("before");
  clock.advance(seconds(1));
  end_person("usr_1");
  fetch();
  EXPECT_EQ(refusal("usr_1", before), "invalid_token");
  EXPECT_EQ(refusal("usr_2", before), "");
  EXPECT_EQ(refusal("usr_1", session("after")), "");
}

TEST_F(RevocationsTest, MoreThanOnePageIsLearntAndEachIsAskedForOnce) {
  for (int number = 0; number < 2'500; ++number) end_session("s" + std::to_string(number));
  fetch();
  EXPECT_EQ(revocations.size(), 2'500u);
  EXPECT_EQ(auth.trouble.calls["list_revocations"], 3);
  end_session("one more");
  fetch();
  EXPECT_EQ(revocations.size(), 2'501u);
  EXPECT_EQ(auth.trouble.calls["list_revocations"], 4);
}

TEST_F(RevocationsTest, WhatNoTokenCanBeOfAnyMoreIsForgotten) {
  end_session("one");
  end_person("usr_1");
  fetch();
  clock.advance(minutes(17));
  fetch();
  EXPECT_EQ(revocations.size(), 0u);
}

TEST_F(RevocationsTest, AStoreThatWasSetBackIsReadAnew) {
  for (int number = 0; number < 5; ++number) end_session("s" + std::to_string(number));
  fetch();
  auth.revocations.clear();
  end_session("after the restore");
  fetch();
  fetch();
  EXPECT_EQ(refusal("usr_1", session("after the restore")), "invalid_token");
  EXPECT_EQ(refusal("usr_1", session("s0")), "invalid_token");
}

TEST_F(RevocationsTest, WithoutAnAnswerForLongNobodyIsLetInAndHealthSaysWhy) {
  fetch();
  EXPECT_TRUE(revocations.health("storefront").ok);
  fail_to_fetch();
  clock.advance(minutes(5));
  fail_to_fetch();
  EXPECT_EQ(refusal("usr_1", session("one")), "");
  auto line = revocations.health("storefront");
  EXPECT_FALSE(line.ok);
  EXPECT_NE(line.detail.find("for 300 s"), std::string::npos) << line.detail;
  clock.advance(seconds(1));
  EXPECT_EQ(refusal("usr_1", session("one")), "revocations_unknown");
  fetch();
  EXPECT_EQ(refusal("usr_1", session("one")), "");
  EXPECT_TRUE(revocations.health("storefront").ok);
}

TEST_F(RevocationsTest, AWatcherIsToldOnceAndNotAfterItHasGone) {
  int told = 0, told_gone = 0;
  auto watch = revocations.watch("usr_1", session("one"), [&] { ++told; });
  revocations.watch("usr_1", session("one"), [&] { ++told_gone; }).reset();
  end_session("another");
  fetch();
  EXPECT_EQ(told, 0);
  end_session("one");
  fetch();
  end_person("usr_1");
  fetch();
  EXPECT_EQ(told, 1);
  EXPECT_EQ(told_gone, 0);
}

TEST_F(RevocationsTest, ASessionEndsWithItsTokenToo) {
  auto one = session("one");
  EXPECT_FALSE(revocations.has_ended("usr_1", one));
  clock.advance(minutes(15));
  EXPECT_TRUE(revocations.has_ended("usr_1", one));
}

}  // namespace
}  // namespace bramble::edge
