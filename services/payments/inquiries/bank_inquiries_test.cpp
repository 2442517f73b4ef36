// How the bank is asked: when the buyer comes back, shortly before and after the time to pay is over, and
// before anything is ended.
#include "services/payments/payments_stand.h"

namespace bramble::payments {
namespace {

using enum PaymentStatus;

class Asking : public PaymentsStand {
 public:
  Payment ask() { return run_sync(payments.ask(database.call, {order})); }
  Payment settle() { return run_sync(payments.settle(database.call, {order})); }
  // A second a step, with the reconciler after each.
  void pass(Duration time) {
    for (Duration passed; passed < time; passed = passed + seconds(1)) {
      database.clock.advance(seconds(1));
      reconcile();
    }
  }
  void bank_is_down(std::size_t calls = 1'000) { bank.faults.assign(calls, Fault::unreachable); }
  void bank_is_back() { bank.faults.clear(); }
};

TEST_F(Asking, WhoComesBackFromTheBankIsBelievedThoughTheWebhookIsLost) {
  start_card("tok_3ds");
  bank.confirm("ord_1");
  EXPECT_EQ(ask().status, authorised);
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 1u);
  EXPECT_EQ(ask().status, authorised);
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 1u);
}

TEST_F(Asking, HoweverOftenIsOneQuestionInAFewSeconds) {
  start_card("tok_3ds");
  auto calls = bank.log.size();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(ask().status, requires_action);
  EXPECT_EQ(bank.log.size(), calls + 1);
  database.clock.advance(seconds(3));
  ask();
  EXPECT_EQ(bank.log.size(), calls + 2);
}

TEST_F(Asking, ABankThatDoesNotAnswerIsToldUntilItDoes) {
  start_card("tok_3ds");
  EXPECT_EQ(ask().bank_unreachable_since, std::nullopt);
  database.clock.advance(seconds(5));
  bank_is_down();
  auto since = database.clock.now();
  EXPECT_EQ(ask().bank_unreachable_since, since);
  pass(seconds(20));
  auto silent = run_sync(payments.get(database.call, {order}));
  EXPECT_EQ(silent.bank_unreachable_since, since);
  EXPECT_EQ(silent.status, requires_action);
  EXPECT_GT(silent.asked_at, since);
  bank_is_back();
  pass(minutes(1));
  EXPECT_EQ(run_sync(payments.get(database.call, {order})).bank_unreachable_since, std::nullopt);
}

TEST_F(Asking, AtTheEndVoidsWhatTheBuyerHasNotConfirmed) {
  start_card("tok_3ds");
  EXPECT_EQ(settle().status, cancelled);
  EXPECT_EQ(account().status, "VOIDED");
}

TEST_F(Asking, AtTheEndKeepsWhatTheBuyerHasConfirmed) {
  start_card("tok_3ds");
  bank.confirm("ord_1");
  EXPECT_EQ(settle().status, authorised);
  EXPECT_EQ(account().status, "AUTHORISED");
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 1u);
  EXPECT_EQ(capture().status, captured);
  check_money();
}

TEST_F(Asking, AtTheEndFindsTheMoneyOfAOneStagePayment) {
  start_sbp();
  bank.confirm("ord_1");
  EXPECT_EQ(settle().status, captured);
  EXPECT_EQ(balance("buyer:ord_1"), -amount);
  EXPECT_FALSE(database.events<PaymentCaptured>().front().late);
  check_money();
}

TEST_F(Asking,
       AtTheEndOfABankThatIsDownIsNoGuess) {  // E1 of the issue: confirmed, webhooks lost, polls failed
  start_card("tok_3ds");
  bank.confirm("ord_1");
  bank_is_down();
  pass(minutes(15));
  auto unknown = settle();
  EXPECT_EQ(unknown.status, processing);
  EXPECT_EQ(unknown.redirect_url, std::nullopt);
  EXPECT_TRUE(unknown.bank_unreachable_since);
  EXPECT_EQ(settle().status, processing);
  pass(minutes(20));
  EXPECT_EQ(status(), processing);
  bank_is_back();
  pass(seconds(61));
  EXPECT_EQ(status(), authorised);
  EXPECT_EQ(account().status, "AUTHORISED");
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 1u);
  EXPECT_TRUE(database.events<PaymentDeclined>().empty());
}

TEST_F(Asking, AtTheEndOfABankThatIsDownEndsWhatWasNotConfirmedOnceItIsBack) {
  start_card("tok_3ds");
  database.clock.advance(minutes(15));
  bank_is_down();
  EXPECT_EQ(settle().status, processing);
  bank_is_back();
  pass(seconds(61));
  EXPECT_EQ(status(), cancelled);
  EXPECT_EQ(account().status, "VOIDED");
  EXPECT_EQ(database.events<PaymentDeclined>().size(), 1u);
}

TEST_F(Asking, ALostWebhookIsFoundWithinSecondsOfTheEndWhateverFailedBefore) {
  start_card("tok_3ds");
  bank_is_down();
  pass(minutes(12));
  bank_is_back();
  bank.confirm("ord_1");
  pass(minutes(2) + seconds(1));
  EXPECT_EQ(status(), authorised);
}

TEST_F(Asking, ARequestThatArrivedWhileTheBankAnsweredIsNotTakenForLost) {
  bank.faults = {Fault::unreachable, Fault::unreachable};
  EXPECT_EQ(start_card("tok_3ds").status, processing);
  auto request = bank.requests.at(0);
  database.clock.advance(PaymentsSettings{}.lost_after - seconds(1));
  bank.meanwhile = [&] {
    run_sync(bank.send(request));
    database.clock.advance(seconds(2));
  };
  EXPECT_EQ(ask().status, processing);
  EXPECT_EQ(account().status, "REQUIRES_ACTION");
  database.clock.advance(seconds(3));
  EXPECT_EQ(ask().status, requires_action);
}

TEST_F(Asking, ThatTheBankHasNeverHeardOfItIsNotBelievedIfItHasSpokenOfItMeanwhile) {
  bank.faults = {Fault::unreachable, Fault::unreachable};
  EXPECT_EQ(start_card("tok_3ds").status, processing);
  auto request = bank.requests.at(0);
  database.clock.advance(PaymentsSettings{}.lost_after);
  bank.meanwhile = [&] {
    run_sync(bank.send(request));
    tell("evt_1");
  };
  EXPECT_EQ(ask().status, requires_action);
  EXPECT_EQ(account().status, "REQUIRES_ACTION");
  EXPECT_TRUE(database.events<PaymentDeclined>().empty());
}

TEST_F(Asking, OnePaymentThatIsNotAnsweredHoldsUpNoOther) {
  for (int i = 1; i <= 3; ++i) {
    auto wanted = request("tok_3ds");
    wanted.order_id = OrderId("ord_" + std::to_string(i));
    start_with(wanted);
    bank.confirm(wanted.order_id.text());
  }
  bank.faults = {Fault::unreachable};
  database.clock.advance(minutes(1));
  reconcile();
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 2u);
}

}  // namespace
}  // namespace bramble::payments
