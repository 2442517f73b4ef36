#include "services/payments/payment_rules.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble::payments {
namespace {

using enum PaymentStatus;

constexpr std::int64_t amount = 1'000;

PaymentState known_as(PaymentStatus status) {
  PaymentState state;
  state.status = status;
  state.amount_minor = amount;
  state.goal = status == cancelled ? PaymentGoal::end : PaymentGoal::none;
  state.captured_minor = status == captured || status == refunded ? amount : 0;
  state.refunded_minor = status == refunded ? amount : 0;
  return state;
}

BankPayment told(BankStatus status, std::int64_t refunded_minor = 0) {
  BankPayment news;
  news.status = status;
  news.amount_minor = amount;
  news.captured_minor = status == BankStatus::captured ? amount : 0;
  news.refunded_minor = refunded_minor;
  return news;
}

// A letter an effect: Authorised, Declined, enDed by the bank (V), Captured, Late, Refunded, End at the bank.
std::string effects_of(const PaymentState& before, const Transition& result) {
  std::string effects;
  if (result.authorised) effects += 'A';
  if (result.declined) effects += 'D';
  if (result.ended_by_bank) effects += 'V';
  if (result.captured_minor > 0) effects += 'C';
  if (result.state.late && !before.late) effects += 'L';
  if (result.refunded_minor > 0) effects += 'R';
  if (result.end_at_bank) effects += 'E';
  return effects;
}

struct Case {
  PaymentStatus known;
  BankStatus news;
  PaymentStatus then;
  std::string effects;
};

// All pairs.
const Case table[] = {
    {processing, BankStatus::requires_action, requires_action, ""},
    {processing, BankStatus::authorised, authorised, "A"},
    {processing, BankStatus::captured, captured, "C"},
    {processing, BankStatus::voided, cancelled, "V"},
    {processing, BankStatus::declined, declined, "D"},
    {requires_action, BankStatus::requires_action, requires_action, ""},
    {requires_action, BankStatus::authorised, authorised, "A"},
    {requires_action, BankStatus::captured, captured, "C"},
    {requires_action, BankStatus::voided, cancelled, "V"},
    {requires_action, BankStatus::declined, declined, "D"},
    {authorised, BankStatus::requires_action, authorised, ""},
    {authorised, BankStatus::authorised, authorised, ""},
    {authorised, BankStatus::captured, captured, "C"},
    {authorised, BankStatus::voided, cancelled, "V"},
    {authorised, BankStatus::declined, declined, "D"},
    {captured, BankStatus::requires_action, captured, ""},
    {captured, BankStatus::authorised, captured, ""},
    {captured, BankStatus::captured, captured, ""},
    {captured, BankStatus::voided, captured, ""},
    {captured, BankStatus::declined, captured, ""},
    {declined, BankStatus::requires_action, declined, "E"},
    {declined, BankStatus::authorised, declined, "E"},
    {declined, BankStatus::captured, captured, "C"},
    {declined, BankStatus::voided, declined, ""},
    {declined, BankStatus::declined, declined, ""},
    {cancelled, BankStatus::requires_action, cancelled, "E"},
    {cancelled, BankStatus::authorised, cancelled, "E"},
    {cancelled, BankStatus::captured, captured, "CL"},
    {cancelled, BankStatus::voided, cancelled, ""},
    {cancelled, BankStatus::declined, cancelled, ""},
    {refunded, BankStatus::requires_action, refunded, ""},
    {refunded, BankStatus::authorised, refunded, ""},
    {refunded, BankStatus::captured, refunded, ""},
    {refunded, BankStatus::voided, refunded, ""},
    {refunded, BankStatus::declined, refunded, ""},
};

TEST(Learning, MeansTheSameForEveryPairOfWhatIsKnownAndWhatTheBankSays) {  // I17
  ASSERT_EQ(std::size(table), 35u);
  for (const auto& [known, news, then, effects] : table) {
    SCOPED_TRACE(std::string(to_string(known)) + " and bank status " +
                 std::to_string(static_cast<int>(news)));
    auto before = known_as(known);
    auto result = apply_update(before, told(news));
    EXPECT_EQ(result.state.status, then);
    EXPECT_EQ(effects_of(before, result), effects);
    EXPECT_EQ(result.state.amount_minor, amount);
  }
}

TEST(Learning, TheSameNewsAgainHasNoEffect) {  // I12
  for (const auto& [known, news, then, effects] : table) {
    SCOPED_TRACE(std::string(to_string(known)) + " and bank status " +
                 std::to_string(static_cast<int>(news)));
    auto once = apply_update(known_as(known), told(news)).state;
    auto again = apply_update(once, told(news));
    EXPECT_EQ(again.state.status, once.status);
    // Ending what is ended already is harmless, and may be needed.
    std::string left = effects_of(once, again);
    std::erase(left, 'E');
    EXPECT_EQ(left, "");
  }
}

TEST(Learning, InAnyOrderTheMoneyComesOnceAndGoesOnce) {  // I11, I12
  std::vector<BankPayment> news{told(BankStatus::requires_action), told(BankStatus::authorised),
                                told(BankStatus::captured), told(BankStatus::captured, 400),
                                told(BankStatus::captured, amount)};
  std::vector<int> order{0, 1, 2, 3, 4};
  do {
    auto state = known_as(processing);
    std::int64_t came = 0;
    std::int64_t went = 0;
    for (int next : order) {
      auto result = apply_update(state, news[static_cast<std::size_t>(next)]);
      came += result.captured_minor;
      went += result.refunded_minor;
      state = result.state;
      EXPECT_LE(went, came);
    }
    EXPECT_EQ(state.status, refunded);
    EXPECT_EQ(came, amount);
    EXPECT_EQ(went, amount);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Learning, APartThatWentBackLeavesThePaymentCaptured) {
  auto result = apply_update(known_as(captured), told(BankStatus::captured, 400));
  EXPECT_EQ(result.state.status, captured);
  EXPECT_EQ(result.refunded_minor, 400);
  result = apply_update(result.state, told(BankStatus::captured, 400));
  EXPECT_EQ(result.refunded_minor, 0);
  result = apply_update(result.state, told(BankStatus::captured, amount));
  EXPECT_EQ(result.refunded_minor, 600);
  EXPECT_EQ(result.state.status, refunded);
}

TEST(Learning, LateMoneyWaitsForANewDecision) {  // I18
  auto result = apply_update(known_as(cancelled), told(BankStatus::captured));
  EXPECT_TRUE(result.state.late);
  // The wish to end it was of the payment that had not come.
  EXPECT_EQ(result.state.goal, PaymentGoal::none);
  EXPECT_FALSE(result.end_at_bank);
}

TEST(Looking, IsAtWhatTheBankMayStillChange) {
  for (auto status : {processing, requires_action, authorised}) EXPECT_TRUE(is_open(known_as(status)));
  for (auto status : {captured, declined, cancelled, refunded}) EXPECT_FALSE(is_open(known_as(status)));
}

TEST(Learning, WhatIsToBeSettledStaysUnknownUntilItIsOver) {
  auto settling = known_as(processing);
  settling.goal = PaymentGoal::settle;
  EXPECT_EQ(apply_update(settling, told(BankStatus::requires_action)).state.status, processing);
  EXPECT_EQ(apply_update(settling, told(BankStatus::requires_action)).state.goal, PaymentGoal::settle);
  for (auto status :
       {BankStatus::authorised, BankStatus::captured, BankStatus::voided, BankStatus::declined}) {
    auto result = apply_update(settling, told(status));
    EXPECT_EQ(result.state.goal, PaymentGoal::none);
    EXPECT_FALSE(result.state.late);
  }
}

TEST(Learning, MoneyOfADeclinedPaymentIsLateOnlyOnceItsOrderHasEnded) {  // I18
  auto state = known_as(declined);
  EXPECT_FALSE(apply_update(state, told(BankStatus::captured)).state.late);
  state.goal = PaymentGoal::end;
  EXPECT_TRUE(apply_update(state, told(BankStatus::captured)).state.late);
}

constexpr Time now{days(20'000).us};

Watch watch(PaymentStatus status, std::int64_t looks, Duration left, Duration first = minutes(1)) {
  return {status, looks, first, now + left, std::nullopt};
}

TEST(Looking, IsOftenAtFirstAndSeldomLater) {
  struct Looks {
    PaymentStatus status;
    std::int64_t looks;
    Duration first;
    Duration pause;
  };
  const Looks cases[] = {
      {requires_action, 0, minutes(1), minutes(1)}, {requires_action, 1, minutes(1), minutes(5)},
      {requires_action, 2, minutes(1), hours(1)},   {authorised, 3, minutes(1), days(1)},
      {authorised, 1'000, minutes(1), days(1)},     {processing, 0, minutes(1), seconds(1)},
      {processing, 1, minutes(1), seconds(3)},      {processing, 2, minutes(1), seconds(10)},
      {processing, 3, minutes(1), minutes(1)},      {processing, 4, minutes(1), minutes(5)},
      {processing, 9, minutes(1), days(1)},         {processing, 0, milliseconds(20), milliseconds(20)},
  };
  for (const auto& given : cases) {
    EXPECT_EQ(next_look(watch(given.status, given.looks, days(9), given.first), now), now + given.pause);
  }
}

TEST(Looking, IsAlwaysShortlyBeforeAndAfterThePayersTimeIsOver) {
  for (std::int64_t looks : {2, 3, 100}) {
    EXPECT_EQ(next_look(watch(requires_action, looks, minutes(7)), now), now + minutes(6));
    EXPECT_EQ(next_look(watch(requires_action, looks, minutes(1)), now), now + seconds(61));
    EXPECT_EQ(next_look(watch(requires_action, looks, seconds(3)), now), now + seconds(4));
    EXPECT_EQ(next_look(watch(requires_action, looks, seconds(-1)), now), now + seconds(2));
    EXPECT_EQ(next_look(watch(processing, looks + 3, seconds(-20)), now), now + seconds(20));
    EXPECT_EQ(next_look(watch(processing, looks + 3, hours(-5)), now), now + minutes(1));
  }
  // The bank is not to change by itself what it only waits to be asked to capture.
  EXPECT_EQ(next_look(watch(authorised, 3, hours(-5)), now), now + days(1));
}

TEST(Looking, GoesOnOftenAsLongAsTheBankDoesNotAnswer) {
  auto silent = watch(requires_action, 3, hours(2));
  silent.unanswered_since = now;
  EXPECT_EQ(next_look(silent, now), now + seconds(5));
  silent.unanswered_since = now - seconds(30);
  EXPECT_EQ(next_look(silent, now), now + seconds(30));
  silent.unanswered_since = now - hours(1);
  EXPECT_EQ(next_look(silent, now), now + minutes(1));
}

}  // namespace
}  // namespace bramble::payments
