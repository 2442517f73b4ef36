// Paying again for an unpaid order, and asking the bank.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;
using Outcome = StartPaymentOutcome;
using Hold = FakeInventory::State;

class PayingAgain : public OrdersFixture {
 public:
  StartPaymentRequest another(const OrderId& order, const std::string& key = "p1") {
    return {order, key, "digest of " + key, {"card", "tok_ok"}, "http://shop/return"};
  }
  StartPaymentReply pay_again(const OrderId& order, Pay then, const std::string& key = "p1") {
    payments.next_status = then;
    return run_sync(orders.start_payment(buyer(), another(order, key)));
  }
  OrderView ask_bank(const OrderId& order) { return run_sync(orders.ask_bank(buyer(), {order})); }
};

TEST_F(PayingAgain, AfterADeclinePaysTheOrder) {
  auto order = create_with(Pay::declined);
  EXPECT_TRUE(view(order).can_pay);
  auto reply = pay_again(order, Pay::authorised);
  EXPECT_EQ(reply.outcome, Outcome::started);
  EXPECT_EQ(reply.payment->attempt, 2);
  on_authorised(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), paid);
  EXPECT_EQ(account(order).captures, 1);
  EXPECT_FALSE(view(order).can_pay);
  const auto& start = payments.started.back();
  EXPECT_EQ(start.amount, view(order).total);
  EXPECT_EQ(start.return_url, "http://shop/return?order_id=" + order.text());
  EXPECT_EQ(start.session_expires_at, view(order).expires_at - minutes(1));
  check_orders();
}

TEST_F(PayingAgain, WithTheSameKeyAnswersTheFirstAnswer) {  // I19
  auto order = create_with(Pay::declined);
  auto first = pay_again(order, Pay::requires_action);
  auto again = pay_again(order, Pay::requires_action);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.payment, first.payment);
  EXPECT_EQ(view(order).payment.attempt, 2);
  auto other = another(order);
  other.idempotency_digest = "another body";
  EXPECT_EQ(run_sync(orders.start_payment(buyer(), other)).outcome, Outcome::key_reused);
}

TEST_F(PayingAgain, TwoEqualRequestsAtOnceGetOneAnswer) {  // I19
  auto order = create_with(Pay::declined);
  std::optional<StartPaymentReply> second;
  payments.trouble.meanwhile("start_another", When::after, [&] {
    second = pay_again(order, Pay::requires_action);
    account(order).payment.status = Pay::declined;
  });
  auto first = pay_again(order, Pay::requires_action);
  EXPECT_FALSE(second->replayed);
  EXPECT_TRUE(first.replayed);
  EXPECT_EQ(first.payment, second->payment);
  EXPECT_EQ(pay_again(order, Pay::requires_action).payment, second->payment);
  EXPECT_EQ(view(order).payment.attempt, 2);
}

TEST_F(PayingAgain, GoesOnWithTheSameAttemptAfterACrash) {  // I19, I12
  for (auto when : {When::before, When::after}) {
    auto order = create_with(Pay::declined);
    payments.trouble.next("start_another", when);
    auto key = "p" + std::to_string(++keys);
    payments.next_status = Pay::requires_action;
    EXPECT_EQ(failure_of(orders.start_payment(buyer(), another(order, key))).code, ErrorCode::unavailable);
    auto reply = pay_again(order, Pay::requires_action, key);
    EXPECT_EQ(reply.outcome, Outcome::started);
    EXPECT_EQ(view(order).payment.attempt, 2);
  }
}

TEST_F(PayingAgain, IsRefusedWhileTheBankDoesNotSayWhatBecameOfTheOneBefore) {
  auto order = create_with(Pay::requires_action);
  payments.bank_is_down = true;
  EXPECT_EQ(pay_again(order, Pay::authorised).outcome, Outcome::unknown);
  payments.bank_is_down = false;
  // The refusal did not use the key up.
  EXPECT_EQ(pay_again(order, Pay::authorised).outcome, Outcome::started);
}

TEST_F(PayingAgain, IsRefusedForWhatCannotBePaid) {
  auto done = create_paid();
  EXPECT_EQ(pay_again(done, Pay::authorised, "k1").outcome, Outcome::paid);
  auto cancelled_one = create_with(Pay::declined);
  cancel(cancelled_one);
  EXPECT_EQ(pay_again(cancelled_one, Pay::authorised, "k2").outcome, Outcome::closed);
  auto late = create_with(Pay::declined);
  database.clock.advance(minutes(14));
  EXPECT_EQ(pay_again(late, Pay::authorised, "k3").outcome, Outcome::too_late);
  EXPECT_FALSE(view(late).can_pay);
  auto tried = create_with(Pay::declined);
  for (int i = 2; i <= 5; ++i) pay_again(tried, Pay::declined, "try" + std::to_string(i));
  EXPECT_FALSE(view(tried).can_pay);
  EXPECT_EQ(pay_again(tried, Pay::authorised, "try6").outcome, Outcome::too_many);
}

TEST_F(PayingAgain, IsForTheOrdersOwnBuyer) {  // I25
  auto order = create_with(Pay::declined);
  EXPECT_EQ(failure_of(orders.start_payment(buyer("usr_2"), another(order))).code, ErrorCode::not_found);
  EXPECT_EQ(failure_of(orders.ask_bank(buyer("usr_2"), {order})).code, ErrorCode::not_found);
  auto nameless = another(order, "");
  EXPECT_EQ(failure_of(orders.start_payment(buyer(), nameless)).code, ErrorCode::invalid);
  auto cash = another(order);
  cash.payment_method = {"cash", ""};
  EXPECT_EQ(failure_of(orders.start_payment(buyer(), cash)).code, ErrorCode::invalid);
}

TEST_F(PayingAgain, ThatRacesWithACancelIsEnded) {  // I16, I18
  auto order = create_with(Pay::declined);
  payments.trouble.meanwhile("start_another", When::after, [&] {
    cancel(order);
    run_jobs();
    account(order).end_wished = false;
    account(order).payment.status = Pay::requires_action;
  });
  pay_again(order, Pay::requires_action);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), cancelled);
  EXPECT_EQ(account(order).payment.status, Pay::cancelled);
}

TEST_F(PayingAgain, IsNotNeededByWhoHasConfirmedAndComesBack) {
  auto order = create_with(Pay::requires_action);
  account(order).confirmed = true;
  EXPECT_EQ(ask_bank(order).status, paid);
  EXPECT_EQ(account(order).captures, 1);
}

TEST_F(PayingAgain, WhoComesBackWithoutHavingConfirmedFindsItAsItWas) {
  auto order = create_with(Pay::requires_action);
  EXPECT_EQ(ask_bank(order).status, pending_payment);
  payments.bank_is_down = true;
  account(order).confirmed = true;
  EXPECT_EQ(ask_bank(order).status, pending_payment);
}

}  // namespace
}  // namespace bramble::orders
