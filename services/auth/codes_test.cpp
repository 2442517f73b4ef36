#include <set>

#include "services/auth/auth_stand.h"

namespace bramble::auth {
namespace {

class Codes : public AuthStand {};

TEST_F(Codes, AreSentAndSignIn) {
  auto challenge = request_code();
  ASSERT_EQ(notifications.sent.size(), 1u);
  EXPECT_EQ(notifications.sent.front().phone, phone);
  EXPECT_EQ(challenge.expires_at, database.clock.now() + minutes(5));
  EXPECT_EQ(challenge.resend_after_s, 30);
  auto tokens = run_sync(auth.exchange_code(database.call, {challenge.challenge_id, code()}));
  EXPECT_EQ(tokens.token_type, "Bearer");
  EXPECT_EQ(tokens.expires_in, 900);
  EXPECT_FALSE(tokens.refresh_token.empty());
}

TEST_F(Codes, ThePhoneIsThePerson) {
  auto first = sign_in();
  EXPECT_EQ(sign_in().user, first.user);
  EXPECT_NE(sign_in("+79990003344").user, first.user);
}

TEST_F(Codes, ManyFirstSignInsAtOnceMakeOnePerson) {
  auto first = request_code();
  auto first_code = code();
  database.clock.advance(seconds(30));
  auto second = request_code();
  auto second_code = code();
  std::set<std::string> users;
  auto enter = [&](ChallengeId challenge, std::string with) -> Task<void> {
    users.insert((co_await auth.exchange_code(database.call, {challenge, with})).user.user_id.text());
  };
  std::vector<Task<void>> tasks;
  tasks.push_back(enter(first.challenge_id, first_code));
  tasks.push_back(enter(second.challenge_id, second_code));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(users.size(), 1u);
}

TEST_F(Codes, WorkOnce) {
  auto challenge = request_code();
  int entered = 0;
  auto enter = [&]() -> Task<void> {
    try {
      co_await auth.exchange_code(database.call, {challenge.challenge_id, code()});
      ++entered;
    } catch (const Error& error) {
      EXPECT_EQ(error.reason, "challenge_ended");
    }
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 8; ++i) tasks.push_back(enter());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(entered, 1);
  EXPECT_EQ(exchange_failure(challenge, code()), "challenge_ended");
}

TEST_F(Codes, EndAfterFiveWrongOnes) {
  auto challenge = request_code();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(exchange_failure(challenge, wrong_code()), "wrong_code");
  auto failure = failure_of(auth.exchange_code(database.call, {challenge.challenge_id, wrong_code()}));
  EXPECT_EQ(failure.code, ErrorCode::unauthenticated);
  EXPECT_EQ(exchange_failure(challenge, code()), "challenge_ended");
}

TEST_F(Codes, GuessesAtOnceAreCountedToo) {
  auto challenge = request_code();
  int guessed = 0;
  auto guess = [&]() -> Task<void> {
    try {
      co_await auth.exchange_code(database.call, {challenge.challenge_id, wrong_code()});
    } catch (const Error& error) {
      if (error.reason == "wrong_code") ++guessed;
    }
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 40; ++i) tasks.push_back(guess());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(guessed, 5);
}

TEST_F(Codes, OneLessIsStillGood) {
  auto challenge = request_code();
  for (int i = 0; i < 4; ++i) exchange_failure(challenge, wrong_code());
  EXPECT_NO_THROW(run_sync(auth.exchange_code(database.call, {challenge.challenge_id, code()})));
}

TEST_F(Codes, EndWithTheirTime) {
  auto challenge = request_code();
  database.clock.advance(minutes(5));
  EXPECT_EQ(exchange_failure(challenge, code()), "challenge_ended");
  EXPECT_EQ(failure_of(auth.exchange_code(database.call, {ChallengeId("chl_none"), code()})).reason,
            "challenge_ended");
}

TEST_F(Codes, OfOneChallengeAreNoGoodForAnother) {
  auto first = request_code();
  auto first_code = code();
  request_code("+79990003344");
  if (first_code == code()) GTEST_SKIP() << "the same by chance";
  EXPECT_EQ(exchange_failure(first, code()), "wrong_code");
}

TEST_F(Codes, TheNextComesAfterAPauseOrWhenTheLastWasUsed) {
  auto challenge = request_code();
  auto failure = failure_of(auth.request_code(database.call, {phone}));
  EXPECT_EQ(failure.code, ErrorCode::exhausted);
  EXPECT_NO_THROW(request_code("+79990003344"));
  database.clock.advance(seconds(30));
  auto second = request_code();
  run_sync(auth.exchange_code(database.call, {second.challenge_id, code()}));
  EXPECT_NO_THROW(request_code());
}

TEST_F(Codes, WhoComesTooEarlyIsToldHowLongToWait) {
  request_code();
  database.clock.advance(seconds(10));
  auto failure = failure_of(auth.request_code(database.call, {phone}));
  EXPECT_EQ(failure.reason, "too_many_codes");
  ASSERT_EQ(failure.fields.size(), 1u);
  EXPECT_EQ(failure.fields[0], (FieldError{"phone", "wait_s", "21"}));
}

TEST_F(Codes, APersonIsShownToItselfAlone) {  // I25
  auto user = sign_in().user.user_id;
  auto call = database.call;
  call.caller = {CallerKind::buyer, user.text(), {}, ""};
  EXPECT_EQ(run_sync(auth.get_person(call, {user})).phone, phone);
  call.caller.id = "usr_another";
  EXPECT_EQ(failure_of(auth.get_person(call, {user})).code, ErrorCode::not_found);
  call.caller = {CallerKind::staff, user.text(), {"admin"}, ""};
  EXPECT_EQ(failure_of(auth.get_person(call, {user})).code, ErrorCode::not_found);
}

TEST_F(Codes, OneThatCouldNotBeSentKeepsNobodyWaiting) {
  notifications.trouble.next("send_sms", Trouble::When::before);
  EXPECT_EQ(failure_of(auth.request_code(database.call, {phone})).code, ErrorCode::unavailable);
  EXPECT_NO_THROW(sign_in());
}

// The SMS may come all the same, and must not be free for who makes the provider slow.
TEST_F(Codes, OneThatMayHaveBeenSentIsGoodAndCounts) {
  notifications.trouble.meanwhile("send_sms", Trouble::When::after, [] {
    throw Error(ErrorCode::timeout, "http_timeout", "no answer in time");
  });
  auto challenge = request_code();
  EXPECT_EQ(failure_of(auth.request_code(database.call, {phone})).code, ErrorCode::exhausted);
  EXPECT_NO_THROW(run_sync(auth.exchange_code(database.call, {challenge.challenge_id, code()})));
}

TEST_F(Codes, ManyAtOnceToOnePhoneSendOne) {
  int sent = 0;
  auto ask = [&]() -> Task<void> {
    try {
      co_await auth.request_code(database.call, {phone});
      ++sent;
    } catch (const Error&) {
    }
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 10; ++i) tasks.push_back(ask());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(sent, 1);
  EXPECT_EQ(notifications.sent.size(), 1u);
}

TEST_F(Codes, APhoneGetsTwentyAnHour) {
  for (int i = 0; i < 20; ++i) {
    request_code();
    database.clock.advance(seconds(31));
  }
  EXPECT_EQ(failure_of(auth.request_code(database.call, {phone})).reason, "too_many_codes");
  database.clock.advance(hours(1));
  EXPECT_NO_THROW(request_code());
}

TEST_F(Codes, AreStoredAsHashesOnly) {  // I25
  auto challenge = request_code();
  EXPECT_EQ(database.value<std::string>("SELECT code_hash FROM challenge").size(), 64u);
  EXPECT_EQ(database.value<std::string>("SELECT code_hash FROM challenge").find(code()), std::string::npos);
  auto tokens = run_sync(auth.exchange_code(database.call, {challenge.challenge_id, code()}));
  EXPECT_NE(database.value<std::string>("SELECT token_hash FROM refresh"), tokens.refresh_token);
}

TEST_F(Codes, OldOnesAreForgotten) {
  request_code();
  database.clock.advance(hours(1));
  run_sync(auth.drop_old(database.call));
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM challenge"), 1);
  database.clock.advance(hours(2));
  run_sync(auth.drop_old(database.call));
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM challenge"), 0);
}

}  // namespace
}  // namespace bramble::auth
