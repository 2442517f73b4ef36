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
  state.wish = status == cancelled ? Wish::end : Wish::none;
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
std::string effects_of(const PaymentState& before, const Consequence& result) {
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
    {declined, BankStatus::captured, captured, "CL"},
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
    auto result = learn(before, told(news));
    EXPECT_EQ(result.state.status, then);
    EXPECT_EQ(effects_of(before, result), effects);
    EXPECT_EQ(result.state.amount_minor, amount);
  }
}

TEST(Learning, TheSameNewsAgainHasNoEffect) {  // I12
  for (const auto& [known, news, then, effects] : table) {
    SCOPED_TRACE(std::string(to_string(known)) + " and bank status " +
                 std::to_string(static_cast<int>(news)));
    auto once = learn(known_as(known), told(news)).state;
    auto again = learn(once, told(news));
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
      auto result = learn(state, news[static_cast<std::size_t>(next)]);
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
  auto result = learn(known_as(captured), told(BankStatus::captured, 400));
  EXPECT_EQ(result.state.status, captured);
  EXPECT_EQ(result.refunded_minor, 400);
  result = learn(result.state, told(BankStatus::captured, 400));
  EXPECT_EQ(result.refunded_minor, 0);
  result = learn(result.state, told(BankStatus::captured, amount));
  EXPECT_EQ(result.refunded_minor, 600);
  EXPECT_EQ(result.state.status, refunded);
}

TEST(Learning, LateMoneyWaitsForANewDecision) {  // I18
  auto result = learn(known_as(cancelled), told(BankStatus::captured));
  EXPECT_TRUE(result.state.late);
  // The wish to end it was of the payment that had not come.
  EXPECT_EQ(result.state.wish, Wish::none);
  EXPECT_FALSE(result.end_at_bank);
}

TEST(Looking, IsAtWhatTheBankMayStillChange) {
  for (auto status : {processing, requires_action, authorised}) EXPECT_TRUE(is_open(known_as(status)));
  for (auto status : {captured, declined, cancelled, refunded}) EXPECT_FALSE(is_open(known_as(status)));
}

TEST(Looking, IsOftenAtFirstAndSeldomLater) {
  EXPECT_EQ(next_look(0, false, minutes(1)), minutes(1));
  EXPECT_EQ(next_look(1, false, minutes(1)), minutes(5));
  EXPECT_EQ(next_look(2, false, minutes(1)), hours(1));
  EXPECT_EQ(next_look(3, false, minutes(1)), days(1));
  EXPECT_EQ(next_look(1'000, false, minutes(1)), days(1));
  EXPECT_EQ(next_look(0, true, minutes(1)), seconds(1));
  EXPECT_EQ(next_look(1, true, minutes(1)), seconds(3));
  EXPECT_EQ(next_look(2, true, minutes(1)), seconds(10));
  EXPECT_EQ(next_look(3, true, minutes(1)), minutes(1));
  EXPECT_EQ(next_look(4, true, minutes(1)), minutes(5));
  EXPECT_EQ(next_look(9, true, minutes(1)), days(1));
  EXPECT_EQ(next_look(0, true, milliseconds(20)), milliseconds(20));
}

}  // namespace
}  // namespace bramble::payments
