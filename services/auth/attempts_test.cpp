#include "services/auth/attempts.h"

#include <gtest/gtest.h>

#include "services/auth/auth_stand.h"

namespace bramble::auth {
namespace {

TEST(AddressBlocks, AreTheNeighbourhoodThatOnePersonMayHave) {
  EXPECT_EQ(address_block("192.0.2.7"), address_block("192.0.2.200"));
  EXPECT_NE(address_block("192.0.2.7"), address_block("192.0.3.7"));
  EXPECT_EQ(address_block("::ffff:192.0.2.7"), address_block("192.0.2.7"));
  EXPECT_EQ(address_block("2001:db8:1:200::1"), address_block("2001:db8:1:2ff:5::9"));
  EXPECT_NE(address_block("2001:db8:1:200::1"), address_block("2001:db8:1:300::1"));
  EXPECT_NE(address_block("here"), address_block("there"));
}

TEST(Waits, GrowWithEachTryAndEnd) {
  EXPECT_EQ(wait_after(login_rule, 4).us, 0);
  EXPECT_EQ(wait_after(login_rule, 5), seconds(5));
  EXPECT_EQ(wait_after(login_rule, 6), seconds(10));
  EXPECT_EQ(wait_after(login_rule, 9), seconds(80));
  EXPECT_EQ(wait_after(login_rule, 13), minutes(15));
  EXPECT_EQ(wait_after(login_rule, 1'000'000), minutes(15));
}

class Guesses : public AuthStand {
 protected:
  static constexpr const char* good = "a long password";
  static constexpr const char* stranger = "198.51.100.1";

  Guesses() { put_staff(good); }

  StaffSignIn enter(const std::string& address, const std::string& password, std::string device = {}) {
    return run_sync(
        auth.sign_in_staff(database.call, {"picker", password, device, true, {address, true}, {}}));
  }
  Error refusal(const std::string& login, const std::string& address, std::string device = {},
                const std::string& password = "wrong") {
    return failure_of(
        auth.sign_in_staff(database.call, {login, password, device, true, {address, true}, {}}));
  }
  void guess(const std::string& login, const std::string& address, int times) {
    for (int i = 0; i < times; ++i) EXPECT_EQ(refusal(login, address).reason, "wrong_password");
  }
};

TEST_F(Guesses, OfAStrangerKeepNobodyOutButTheStranger) {
  guess("picker", stranger, 5);
  auto refused = refusal("picker", stranger, {}, good);
  EXPECT_EQ(refused.code, ErrorCode::exhausted);
  EXPECT_EQ(refused.reason, "too_many_attempts");
  EXPECT_EQ(refused.fields.front().detail, "6");
  EXPECT_EQ(refusal("picker", "198.51.100.77", {}, good).reason, "too_many_attempts") << "a neighbour";
  EXPECT_NO_THROW(enter("192.0.2.7", good));
  database.clock.advance(seconds(5));
  EXPECT_NO_THROW(enter(stranger, good));
}

TEST_F(Guesses, AreAnsweredTheSameForALoginThatIsNotThere) {
  for (int i = 0; i < 12; ++i) {
    auto known = refusal("picker", stranger);
    auto unknown = refusal("nobody", stranger);
    EXPECT_EQ(known.code, unknown.code);
    EXPECT_EQ(known.reason, unknown.reason);
    EXPECT_STREQ(known.what(), unknown.what());
    EXPECT_EQ(known.fields, unknown.fields);
  }
  EXPECT_EQ(refusal("nobody", stranger, {}, "nobody").reason, "too_many_attempts");
}

TEST_F(Guesses, ThatMustWaitNeverReachThePasswordHash) {
  guess("picker", stranger, 5);
  guess("nobody", stranger, 5);
  auto before = desk.hashes();
  EXPECT_EQ(before, 10) << "a login that is not there costs as much";
  EXPECT_EQ(refusal("picker", stranger).reason, "too_many_attempts");
  EXPECT_EQ(refusal("nobody", stranger).reason, "too_many_attempts");
  EXPECT_EQ(desk.hashes(), before);
}

TEST_F(Guesses, AtOnceDoNotSlipThrough) {
  int looked_at = 0, refused = 0;
  auto guess_once = [&]() -> Task<void> {
    try {
      co_await auth.sign_in_staff(database.call, {"picker", "wrong", {}, true, {stranger, true}, {}});
    } catch (const Error& error) {
      ++(error.reason == "wrong_password" ? looked_at : refused);
    }
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 20; ++i) tasks.push_back(guess_once());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(looked_at, 5);
  EXPECT_EQ(refused, 15);
}

TEST_F(Guesses, OverManyLoginsOfOneBlockMustWaitToo) {
  for (int i = 0; i < 60; ++i)
    EXPECT_EQ(refusal("login" + std::to_string(i), stranger).reason, "wrong_password");
  EXPECT_EQ(refusal("another", stranger).reason, "too_many_attempts");
  EXPECT_NO_THROW(enter("192.0.2.7", good));
}

TEST_F(Guesses, AreForgottenWithTheRightPasswordAndWithTime) {
  for (int round = 0; round < 3; ++round) {
    guess("picker", "192.0.2.7", 4);
    EXPECT_NO_THROW(enter("192.0.2.7", good));
  }
  guess("picker", stranger, 5);
  database.clock.advance(hours(25));
  run_sync(auth.drop_old(database.call));
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM attempt"), 0);
  guess("picker", stranger, 5);
}

TEST_F(Guesses, NextDoorDoNotShutOutADeviceThatIsKnown) {
  auto device = enter(stranger, good).device;
  ASSERT_FALSE(device.empty());
  guess("picker", stranger, 5);
  EXPECT_EQ(refusal("picker", stranger, {}, good).reason, "too_many_attempts");
  auto again = enter(stranger, good, device);
  EXPECT_TRUE(again.device.empty()) << "it has one already";
  // Of somebody else it is nothing, and a known device is no licence to guess.
  EXPECT_EQ(refusal("picker", stranger, "guessed", good).reason, "too_many_attempts");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal("picker", stranger, device).reason, "wrong_password");
  EXPECT_EQ(refusal("picker", stranger, device, good).reason, "too_many_attempts");
}

TEST_F(Guesses, AreCountedWithoutKeepingWhatWasTyped) {
  guess("my password by mistake", stranger, 1);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM attempt WHERE place LIKE '%mistake%'"), 0);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM attempt"), 2);
}

}  // namespace
}  // namespace bramble::auth
