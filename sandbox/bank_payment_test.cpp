#include "sandbox/bank_payment.h"

#include <gtest/gtest.h>

namespace bramble::sandbox {
namespace {

constexpr Time start{1'000'000};
constexpr Time end_of_session = start + minutes(10);

BankPayment new_payment(BankMethod method, std::int64_t amount_minor = 1000) {
  BankPayment payment;
  payment.method = method;
  payment.amount_minor = amount_minor;
  payment.session_expires_at = end_of_session;
  return payment;
}

BankPayment in_state(BankStatus status) {
  auto payment = new_payment(BankMethod::card);
  begin(payment, status == BankStatus::requires_action ? "tok_3ds"
                 : status == BankStatus::declined      ? "tok_declined"
                                                       : "tok_ok");
  if (status == BankStatus::captured) capture(payment, 1000);
  if (status == BankStatus::voided) void_payment(payment);
  EXPECT_EQ(payment.status, status);
  return payment;
}

TEST(BankPayment, TheTokenDecidesHowAPaymentBegins) {
  struct Case {
    BankMethod method;
    std::string_view token;
    BankStatus status;
    std::string_view event;
    std::string_view reason;
  };
  const Case cases[] = {
      {BankMethod::card, "tok_ok", BankStatus::authorised, "payment.authorised", ""},
      {BankMethod::card, "tok_timeout", BankStatus::authorised, "payment.authorised", ""},
      {BankMethod::card, "tok_3ds", BankStatus::requires_action, "", ""},
      {BankMethod::card, "bank_page", BankStatus::requires_action, "", ""},
      {BankMethod::card, "tok_declined", BankStatus::declined, "payment.declined", "declined"},
      {BankMethod::card, "tok_insufficient_funds", BankStatus::declined, "payment.declined",
       "insufficient_funds"},
      {BankMethod::card, "tok_of_nobody", BankStatus::declined, "payment.declined", "invalid_card"},
      {BankMethod::card, "", BankStatus::declined, "payment.declined", "invalid_card"},
      {BankMethod::sbp, "", BankStatus::requires_action, "", ""},
  };
  for (const auto& given : cases) {
    auto payment = new_payment(given.method);
    auto decision = begin(payment, given.token);
    EXPECT_EQ(decision, (Decision{.changed = true, .event = given.event})) << given.token;
    EXPECT_EQ(payment.status, given.status) << given.token;
    EXPECT_EQ(payment.decline_reason, given.reason) << given.token;
    EXPECT_EQ(payment.captured_minor, 0) << given.token;
    EXPECT_EQ(payment.authorised_minor, given.status == BankStatus::authorised ? 1000 : 0) << given.token;
  }
}

TEST(BankPayment, EachStateAllowsOnlyItsOwnSteps) {
  struct Case {
    BankStatus state;
    std::string_view capture;
    std::string_view void_payment;
    std::string_view refund;
  };
  const Case cases[] = {
      {BankStatus::requires_action, "not_authorised", "", "not_captured"},
      {BankStatus::authorised, "", "", "not_captured"},
      {BankStatus::captured, "already_captured", "already_captured", ""},
      {BankStatus::voided, "payment_voided", "", "not_captured"},
      {BankStatus::declined, "payment_declined", "", "not_captured"},
  };
  for (const auto& given : cases) {
    auto before = in_state(given.state);
    auto payment = before;
    auto captured = capture(payment, 1000);
    EXPECT_EQ(captured.refusal, given.capture);
    EXPECT_EQ(captured.changed, payment != before);
    payment = before;
    auto voided = void_payment(payment);
    EXPECT_EQ(voided.refusal, given.void_payment);
    EXPECT_EQ(voided.changed, payment != before);
    payment = before;
    auto refunded = refund(payment, 1000);
    EXPECT_EQ(refunded.refusal, given.refund);
    EXPECT_EQ(refunded.changed, payment != before);
  }
}

TEST(BankPayment, TheRightCodeAuthorisesACardAndCapturesSbp) {
  auto card = new_payment(BankMethod::card);
  begin(card, "tok_3ds");
  EXPECT_EQ(confirm(card, "1234", start).event, "payment.authorised");
  EXPECT_EQ(card.status, BankStatus::authorised);
  EXPECT_EQ(card.captured_minor, 0);

  for (std::string_view code : {"", "1234"}) {
    auto sbp = new_payment(BankMethod::sbp);
    begin(sbp, "");
    EXPECT_EQ(confirm(sbp, code, start).event, "payment.captured");
    EXPECT_EQ(sbp.captured_minor, 1000);
    EXPECT_EQ(sbp.authorised_minor, 1000);
  }
}

TEST(BankPayment, TheThirdWrongCodeDeclines) {
  auto payment = in_state(BankStatus::requires_action);
  EXPECT_EQ(confirm(payment, "0000", start), Decision{.changed = true});
  EXPECT_EQ(confirm(payment, "", start), Decision{.changed = true});
  EXPECT_EQ(payment.status, BankStatus::requires_action);
  EXPECT_EQ(confirm(payment, "12345", start).event, "payment.declined");
  EXPECT_EQ(payment.decline_reason, "3ds_failed");
  EXPECT_EQ(confirm(payment, "1234", start), Decision{});
}

TEST(BankPayment, ConfirmingTwiceTakesTheMoneyOnce_I12) {
  auto payment = new_payment(BankMethod::sbp);
  begin(payment, "");
  confirm(payment, "1234", start);
  auto once = payment;
  EXPECT_EQ(confirm(payment, "1234", start), Decision{});
  EXPECT_EQ(cancel_by_payer(payment, start), Decision{});
  EXPECT_EQ(capture(payment, 1000).refusal, "already_captured");
  EXPECT_EQ(payment, once);
}

TEST(BankPayment, ASessionEndsAtItsEnd) {
  auto in_time = in_state(BankStatus::requires_action);
  EXPECT_EQ(expire(in_time, end_of_session - microseconds(1)), Decision{});
  EXPECT_EQ(confirm(in_time, "1234", end_of_session - microseconds(1)).event, "payment.authorised");
  EXPECT_EQ(expire(in_time, end_of_session), Decision{});

  auto late = in_state(BankStatus::requires_action);
  EXPECT_EQ(confirm(late, "1234", end_of_session).event, "payment.declined");
  EXPECT_EQ(late.decline_reason, "session_expired");

  auto cancelled = in_state(BankStatus::requires_action);
  EXPECT_EQ(cancel_by_payer(cancelled, start).event, "payment.declined");
  EXPECT_EQ(cancelled.decline_reason, "cancelled_by_payer");
}

TEST(BankPayment, APartCanBeCapturedAndNoMoreThanThatGivenBack_I11) {
  auto payment = in_state(BankStatus::authorised);
  EXPECT_EQ(capture(payment, 1001).refusal, "amount_too_large");
  EXPECT_EQ(capture(payment, 0).refusal, "amount_too_large");
  EXPECT_EQ(capture(payment, 600).event, "payment.captured");
  EXPECT_EQ(refund(payment, 601).refusal, "amount_too_large");
  EXPECT_EQ(refund(payment, 400).event, "payment.refunded");
  EXPECT_EQ(refund(payment, 201).refusal, "amount_too_large");
  EXPECT_EQ(refund(payment, 200).event, "payment.refunded");
  EXPECT_EQ(refund(payment, 1).refusal, "amount_too_large");
  EXPECT_EQ(payment.refunded_minor, 600);
  EXPECT_EQ(payment.status, BankStatus::captured);
}

}  // namespace
}  // namespace bramble::sandbox
