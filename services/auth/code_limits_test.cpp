#include "services/auth/code_limits.h"

#include "services/auth/auth_stand.h"

namespace bramble::auth {
namespace {

class CodeLimitsTest : public AuthStand {
 protected:
  static std::string phone_number(int number) { return "+7999" + std::to_string(1'000'000 + number); }
  // Nothing, if the code was not sent.
  std::optional<Challenge> ask(const std::string& address, const std::string& to) {
    try {
      return run_sync(auth.request_code(database.call, {to, {address, true}}));
    } catch (const Error& error) {
      EXPECT_EQ(error.code, ErrorCode::exhausted);
      EXPECT_EQ(error.reason, "too_many_codes");
      return std::nullopt;
    }
  }
  int asked(const std::string& address, int from, int count) {
    int sent = 0;
    for (int number = from; number < from + count; ++number)
      sent += ask(address, phone_number(number)) ? 1 : 0;
    return sent;
  }
  std::string guess(const std::string& address, const Challenge& challenge, const std::string& with) {
    return failure_of(auth.exchange_code(database.call, {challenge.challenge_id, with, {}, {address, true}}))
        .reason;
  }
};

TEST_F(CodeLimitsTest, OneAddressSendsFewCodesToDistinctPhones) {
  EXPECT_EQ(asked("203.0.113.7", 0, 2'000), 20);
  EXPECT_EQ(notifications.sent.size(), 20u);
  auto refused = failure_of(auth.request_code(database.call, {phone, {"203.0.113.7", true}}));
  ASSERT_EQ(refused.fields.size(), 1u);
  EXPECT_EQ(refused.fields[0], (FieldError{"network", "wait_s", "121"}));
  EXPECT_EQ(asked("198.51.100.1", 5'000, 1), 1) << "another network";
  database.clock.advance(minutes(10));
  EXPECT_EQ(asked("203.0.113.7", 3'000, 100), 5) << "one in two minutes";
}

TEST_F(CodeLimitsTest, ABlockOfAddressesIsOneSender) {
  int sent = 0;
  for (int host = 1; host <= 100; ++host) sent += asked("203.0.113." + std::to_string(host), host * 10, 10);
  EXPECT_EQ(sent, 60);
  EXPECT_EQ(asked("203.0.114.1", 9'000, 1), 1);
}

TEST_F(CodeLimitsTest, AnIpv6SenderIsItsNetworkAndNotOneOfItsManyAddresses) {
  int sent = 0;
  for (int host = 1; host <= 50; ++host) sent += asked("2001:db8:1:1::" + std::to_string(host), host, 1);
  EXPECT_EQ(sent, 20) << "a /64";
  for (int net = 2; net <= 90; ++net)
    sent += asked("2001:db8:1:" + std::to_string(net) + "::1", net * 100, 1);
  EXPECT_EQ(sent, 60) << "its /48";
  EXPECT_EQ(asked("2001:db8:2::1", 0, 1), 1);
}

TEST_F(CodeLimitsTest, CodesThatAreEnteredDoNotCountSoManyPeopleMayShareAnAddress) {
  for (int number = 0; number < 200; ++number) {
    auto challenge = ask("203.0.113.7", phone_number(number));
    ASSERT_TRUE(challenge) << number;
    run_sync(auth.exchange_code(database.call, {challenge->challenge_id, code(), {}, {"203.0.113.7", true}}));
  }
  EXPECT_EQ(asked("203.0.113.7", 1'000, 100), 20);
}

TEST_F(CodeLimitsTest, ACodeThatCouldNotBeSentDoesNotCount) {
  notifications.trouble.next("send_sms", Trouble::When::before, 30);
  for (int number = 0; number < 30; ++number) {
    EXPECT_EQ(
        failure_of(auth.request_code(database.call, {phone_number(number), {"203.0.113.7", true}})).code,
        ErrorCode::unavailable);
  }
  EXPECT_EQ(asked("203.0.113.7", 100, 100), 20);
}

TEST_F(CodeLimitsTest, CodesAbroadAreLimitedByCountryWhoeverAsks) {
  int there = 0, home = 0;
  for (int number = 0; number < 150; ++number) {
    auto from = "198." + std::to_string(18 + number / 200) + "." + std::to_string(number) + ".1";
    there += ask(from, "+8801" + std::to_string(10'000'000 + number)) ? 1 : 0;
    home += ask(from, phone_number(number)) ? 1 : 0;
  }
  EXPECT_EQ(there, 100);
  EXPECT_EQ(home, 150);
  EXPECT_TRUE(ask("192.0.2.1", "+4420799460000")) << "another country";
}

TEST_F(CodeLimitsTest, AllTogetherHaveABudget) {
  CodeLimitSettings settings;
  settings.codes_at_all = {160, seconds(1)};
  CodeLimits limits(settings, metrics, log);
  int sent = 0;
  for (int number = 0; number < 1'000; ++number) {
    auto from = "10." + std::to_string(number / 250) + "." + std::to_string(number % 250) + ".1";
    sent +=
        database.transact([&](Tx& tx) { return limits.take_code(tx, from, phone_number(number)); }) ? 0 : 1;
  }
  EXPECT_EQ(sent, 160);
}

TEST_F(CodeLimitsTest, AStrangerCannotUseUpAPhonesCodesNorMakeItsOwnerWait) {
  int sent = 0;
  for (int i = 0; i < 100; ++i) {
    sent += ask("203.0.113." + std::to_string(i), phone) ? 1 : 0;
    database.clock.advance(seconds(31));
  }
  EXPECT_EQ(sent, 5) << "the share of one block";
  ASSERT_TRUE(ask("203.0.113.1", phone_number(1)));
  EXPECT_TRUE(ask("192.0.2.1", phone)) << "the owner";
  EXPECT_TRUE(ask("198.51.100.1", phone)) << "at the same moment, from another network";
  auto refused = failure_of(auth.request_code(database.call, {phone, {"192.0.2.1", true}}));
  EXPECT_EQ(refused.fields.at(0), (FieldError{"phone", "wait_s", "31"}));
}

TEST_F(CodeLimitsTest, APhoneGetsTwentyAnHourWhoeverAsks) {
  int sent = 0;
  for (int block = 0; block < 10; ++block) {
    for (int i = 0; i < 10; ++i) {
      sent += ask("198.51." + std::to_string(block) + ".1", phone) ? 1 : 0;
      database.clock.advance(seconds(31));
    }
  }
  EXPECT_EQ(sent, 20);
}

TEST_F(CodeLimitsTest, CodesThatAreEnteredAreNoneOfTheShare) {
  for (int i = 0; i < 12; ++i) {
    auto challenge = ask("203.0.113.7", phone);
    ASSERT_TRUE(challenge) << i;
    run_sync(auth.exchange_code(database.call, {challenge->challenge_id, code(), {}, {"203.0.113.7", true}}));
  }
}

TEST_F(CodeLimitsTest, WhoEntersWrongCodesOfAPhoneWaitsLongerEachTime) {
  auto wait_s = [&](const Challenge& challenge) {
    auto grant = CodeGrant{challenge.challenge_id, wrong_code(), {}, {"203.0.113.7", true}};
    auto error = failure_of(auth.exchange_code(database.call, grant));
    return error.reason == "too_many_wrong_codes" ? error.fields.at(0).detail : error.reason;
  };
  auto first = *ask("203.0.113.7", phone);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(wait_s(first), "wrong_code");
  database.clock.advance(seconds(30));
  auto next = *ask("203.0.113.7", phone);
  EXPECT_EQ(wait_s(next), "wrong_code");
  EXPECT_EQ(wait_s(next), "11");
  database.clock.advance(seconds(10));
  EXPECT_EQ(wait_s(next), "wrong_code");
  EXPECT_EQ(wait_s(next), "21");
  EXPECT_EQ(guess("203.0.113.7", next, code()), "too_many_wrong_codes") << "even the right one";
  EXPECT_EQ(guess("203.0.113.7", *ask("203.0.113.7", phone_number(1)), wrong_code()), "wrong_code")
      << "another phone at the same address";
  database.clock.advance(seconds(30));
  auto own = *ask("203.0.113.7", phone);
  EXPECT_NO_THROW(
      run_sync(auth.exchange_code(database.call, {own.challenge_id, code(), {}, {"203.0.113.7", true}})));
  auto again = *ask("203.0.113.7", phone);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(wait_s(again), "wrong_code") << "the right one forgave them";
}

TEST_F(CodeLimitsTest, WrongCodesOfOneDoNotLockOutHisNeighboursBehindTheSameAddress) {
  auto here = std::string("203.0.113.7");
  int wrong = 0;
  for (int number = 0; number < 100; ++number) {
    auto challenge = ask(here, phone_number(number));
    for (int i = 0; challenge && i < 5; ++i)
      wrong += guess(here, *challenge, wrong_code()) == "wrong_code" ? 1 : 0;
    database.clock.advance(minutes(2));
  }
  EXPECT_GE(wrong, 100);
  auto guessers = *ask(here, phone_number(500));
  EXPECT_EQ(guess(here, guessers, wrong_code()), "wrong_code");
  EXPECT_EQ(guess(here, guessers, wrong_code()), "too_many_wrong_codes") << "whoever has failed waits";
  auto neighbours = *ask(here, phone);
  auto right = CodeGrant{neighbours.challenge_id, code(), {guessers.challenge_id}, {here, true}};
  EXPECT_NO_THROW(run_sync(auth.exchange_code(database.call, right)));
}

// Whoever has 256 addresses and guesses day and night for a week: a code is one of a million.
TEST_F(CodeLimitsTest, GuessingOverManyPhonesTakesYears) {
  int guesses = 0, number = 0;
  for (int step = 0; step < 7 * 24 * 12; ++step) {
    for (int host = step % 128; host < 256; host += 128) {
      auto address = "203.0.113." + std::to_string(host);
      auto challenge = ask(address, phone_number(++number));
      if (!challenge) continue;
      for (int i = 0; i < 5 && guess(address, *challenge, wrong_code()) == "wrong_code"; ++i) ++guesses;
    }
    database.clock.advance(minutes(5));
  }
  EXPECT_GT(guesses, 1'000) << "the test guesses";
  EXPECT_LT(guesses, 500 + 7 * 288 + 1);
  EXPECT_GT(1'000'000 / (guesses / 7), 5 * 365) << "days for every code to be tried once";
}

TEST_F(CodeLimitsTest, WhereAddressesAreNoLimitAPhoneAndAChallengeStillAre) {
  for (int number = 0; number < 200; ++number) request_code(phone_number(number));
  EXPECT_EQ(failure_of(auth.request_code(database.call, {phone_number(0)})).reason, "too_many_codes");
  auto challenge = request_code();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(exchange_failure(challenge, wrong_code()), "wrong_code");
  EXPECT_EQ(exchange_failure(challenge, code()), "challenge_ended");
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM pace"), 0);
}

TEST_F(CodeLimitsTest, WhatIsPastIsForgotten) {
  asked("203.0.113.7", 0, 20);
  database.clock.advance(hours(1));
  run_sync(auth.drop_old(database.call));
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM pace"), 0);
}

TEST_F(CodeLimitsTest, TheCodeOfAnEarlierSmsIsRightInTheBrowserThatWaitsForBoth) {
  auto first = request_code();
  auto first_code = code();
  database.clock.advance(seconds(30));
  auto second = request_code();
  if (first_code == code()) GTEST_SKIP() << "the same by chance";
  EXPECT_EQ(exchange_failure(second, first_code), "wrong_code") << "alone it is another challenge";
  CodeGrant both{second.challenge_id, first_code, {first.challenge_id}};
  EXPECT_NO_THROW(run_sync(auth.exchange_code(database.call, both)));
  EXPECT_EQ(failure_of(auth.exchange_code(database.call, both)).reason, "wrong_code") << "it works once";
  both.code = code();
  EXPECT_NO_THROW(run_sync(auth.exchange_code(database.call, both)));
}

TEST_F(CodeLimitsTest, AnEarlierChallengeOfAnotherPhoneIsNoHelpAndGuessesCountOnAll) {
  auto stranger = request_code("+79990003344");
  auto strangers_code = code();
  auto first = request_code();
  if (strangers_code == code()) GTEST_SKIP() << "the same by chance";
  CodeGrant grant{first.challenge_id, strangers_code, {stranger.challenge_id}};
  EXPECT_EQ(failure_of(auth.exchange_code(database.call, grant)).reason, "wrong_code");
  database.clock.advance(seconds(30));
  auto second = request_code();
  CodeGrant both{second.challenge_id, wrong_code(), {first.challenge_id}};
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(failure_of(auth.exchange_code(database.call, both)).reason, "wrong_code");
  }
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM challenge WHERE failures >= 4"), 2);
}

TEST(CountryOf, IsTheCallingCode) {
  EXPECT_EQ(country_of("+79001234567"), "7");
  EXPECT_EQ(country_of("+442079460000"), "44");
  EXPECT_EQ(country_of("+8801712345678"), "880");
  EXPECT_EQ(country_of("+18761234567"), "1876");
  EXPECT_EQ(country_of("+375291234567"), "375");
}

}  // namespace
}  // namespace bramble::auth
