// Paying for an order in several attempts, of which at most one is ever captured.
#include "services/payments/payments_stand.h"

namespace bramble::payments {
namespace {

using enum PaymentStatus;

class Another : public PaymentsStand {
 public:
  AnotherReply another(const std::string& token, const std::string& key = "k1",
                       const std::string& type = "card") {
    return run_sync(payments.start_another(database.call, {request(token, type), key}));
  }
  std::int64_t attempts() { return database.value("SELECT COUNT(*) FROM payment"); }
};

TEST_F(Another, CardPaysAfterADecline) {  // I12
  start_card("tok_declined");
  auto reply = another("tok_ok");
  EXPECT_EQ(reply.outcome, AnotherOutcome::started);
  EXPECT_EQ(reply.payment.status, authorised);
  EXPECT_EQ(reply.payment.attempt, 2);
  EXPECT_EQ(capture().status, captured);
  EXPECT_EQ(bank.captures(), 1);
  EXPECT_EQ(balance("buyer:ord_1"), -amount);
  auto found = run_sync(payments.get_order_payments(database.call, {order}));
  ASSERT_EQ(found.attempts.size(), 2u);
  EXPECT_EQ(found.attempts[0].payment.status, declined);
  EXPECT_EQ(found.attempts[1].payment.status, captured);
  check_money();
}

TEST_F(Another, WayIsTheFastPaymentSystem) {
  start_card("tok_declined");
  auto reply = another("", "k1", "sbp");
  EXPECT_EQ(reply.payment.status, requires_action);
  bank.confirm("ord_1");
  EXPECT_EQ(tell("bev_1"), WebhookOutcome::applied);
  EXPECT_EQ(status(), captured);
  EXPECT_FALSE(database.events<PaymentCaptured>().front().late);
  check_money();
}

TEST_F(Another, OneWithTheSameKeyIsTheSame) {  // I19
  start_card("tok_declined");
  auto first = another("tok_3ds");
  EXPECT_EQ(another("tok_3ds"), first);
  EXPECT_EQ(attempts(), 2);
}

TEST_F(Another, OneWhoseAnswerWasLostIsFoundByItsRepeat) {  // I12, I19
  start_card("tok_declined");
  bank.faults = {Fault::lost_answer};
  EXPECT_EQ(another("tok_3ds").payment.status, processing);
  EXPECT_EQ(another("tok_3ds").payment.status, requires_action);
  EXPECT_EQ(attempts(), 2);
}

TEST_F(Another, ManyAtOnceAreOneThatCanBePaid) {  // I12
  start_card("tok_declined");
  std::vector<AnotherOutcome> outcomes;
  auto begin = [&](int i) -> Task<void> {
    try {
      auto reply =
          co_await payments.start_another(database.call, {request("tok_ok"), "k" + std::to_string(i)});
      outcomes.push_back(reply.outcome);
    } catch (const Error& error) {
      EXPECT_EQ(error.code, ErrorCode::conflict);
    }
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 8; ++i) tasks.push_back(begin(i));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), AnotherOutcome::started), 1);
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 1u);
  EXPECT_EQ(attempts(), 2);
}

TEST_F(Another, EndsTheOneThatWaitsForTheBuyerBefore) {  // I12
  start_card("tok_3ds");
  auto earlier = account().payment_id;
  EXPECT_EQ(another("tok_ok").payment.status, authorised);
  auto first = run_sync(payments.get_order_payments(database.call, {order})).attempts.front();
  EXPECT_EQ(first.payment.payment_id.text(), earlier);
  EXPECT_EQ(first.payment.status, cancelled);
  capture();
  EXPECT_EQ(bank.captures(), 1);
  check_money();
}

TEST_F(Another, IsNotBegunIfTheOneBeforeWasConfirmedAfterAll) {  // I12
  start_card("tok_3ds");
  bank.confirm("ord_1");
  auto reply = another("tok_ok");
  EXPECT_EQ(reply.outcome, AnotherOutcome::paid);
  EXPECT_EQ(reply.payment.status, authorised);
  EXPECT_EQ(attempts(), 1);
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 1u);
}

TEST_F(Another, IsNotBegunIfTheOneBeforeHasBroughtMoneyAfterAll) {  // I12
  start_sbp();
  bank.confirm("ord_1");
  EXPECT_EQ(another("tok_ok").outcome, AnotherOutcome::paid);
  EXPECT_EQ(status(), captured);
  EXPECT_EQ(database.events<PaymentCaptured>().size(), 1u);
  check_money();
}

TEST_F(Another, IsNotBegunWhileNobodyKnowsOfTheOneBefore) {  // I12
  start_card("tok_3ds");
  bank.confirm("ord_1");
  bank.faults = {Fault::unreachable};
  EXPECT_EQ(another("tok_ok").outcome, AnotherOutcome::unknown);
  EXPECT_EQ(attempts(), 1);
  EXPECT_TRUE(run_sync(payments.get(database.call, {order})).bank_unreachable_since);
  EXPECT_EQ(another("tok_ok").outcome, AnotherOutcome::paid);
}

TEST_F(Another, WaitsForARequestThatMayStillBeUnderWay) {  // I12
  bank.faults = {Fault::unreachable, Fault::unreachable};
  start_card("tok_ok");
  EXPECT_EQ(another("tok_ok").outcome, AnotherOutcome::unknown);
  database.clock.advance(seconds(12));
  EXPECT_EQ(another("tok_ok").outcome, AnotherOutcome::started);
  EXPECT_EQ(attempts(), 2);
}

TEST_F(Another, OneTooManyLeavesTheFifthToItsBuyer) {
  start_card("tok_declined");
  for (int i = 2; i <= 4; ++i) another("tok_declined", "k" + std::to_string(i));
  EXPECT_EQ(another("tok_3ds", "k5").payment.status, requires_action);
  EXPECT_EQ(another("tok_ok", "k6").outcome, AnotherOutcome::too_many);
  EXPECT_EQ(status(), requires_action);
}

TEST_F(Another, AttemptIsTheFifthAtMost) {
  start_card("tok_declined");
  for (int i = 2; i <= 5; ++i) {
    auto reply = another("tok_declined", "k" + std::to_string(i));
    EXPECT_EQ(reply.outcome, AnotherOutcome::started);
    EXPECT_EQ(reply.payment.attempt, i);
  }
  EXPECT_EQ(another("tok_ok", "k6").outcome, AnotherOutcome::too_many);
  EXPECT_EQ(another("tok_declined", "k3").outcome, AnotherOutcome::started);
  EXPECT_EQ(attempts(), 5);
}

TEST_F(Another, IsNotBegunForAnOrderThatHasEnded) {
  start_card("tok_declined");
  cancel();
  EXPECT_EQ(another("tok_ok").outcome, AnotherOutcome::ended);
  EXPECT_EQ(attempts(), 1);
}

TEST_F(Another, IsNotBegunForAnOrderThatIsPaid) {
  start_card("tok_ok");
  EXPECT_EQ(another("tok_ok").outcome, AnotherOutcome::paid);
  capture();
  EXPECT_EQ(another("tok_ok").outcome, AnotherOutcome::paid);
  EXPECT_EQ(attempts(), 1);
}

TEST_F(Another, MoneyOfAnEarlierAttemptThatTheBankHadEndedGoesBack) {  // I12, I9
  start_card("tok_3ds");
  auto& earlier = account();
  bank.decline("ord_1", "3ds_failed");
  tell("bev_1");
  another("tok_ok");
  capture();
  // The bank breaks its word.
  earlier.status = "CAPTURED";
  earlier.captured_minor = amount;
  EXPECT_EQ(receive(signed_webhook(bank.event("bev_2", earlier))), WebhookOutcome::applied);
  EXPECT_EQ(balance("suspense:late_payment"), -amount);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(earlier.refunds, 1);
  EXPECT_EQ(balance("suspense:late_payment"), 0);
  EXPECT_EQ(balance("buyer:ord_1"), -amount);
  EXPECT_EQ(status(), captured);
  // The order's own money is not concerned.
  EXPECT_TRUE(database.events<PaymentRefunded>().empty());
  EXPECT_TRUE(database.events<PaymentCaptured>().empty());
  check_money();
}

TEST_F(Another, IsRefundedAndNotTheOneBefore) {  // I11
  start_card("tok_declined");
  another("tok_ok");
  capture();
  cancel();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(), refunded);
  EXPECT_EQ(database.events<PaymentRefunded>().size(), 1u);
  check_money();
}

TEST_F(Another, RequestThatMakesNoSenseIsRefused) {
  start_card("tok_declined");
  EXPECT_EQ(failure_of(payments.start_another(database.call, {request("", "card"), "k"})).code,
            ErrorCode::invalid);
  EXPECT_EQ(failure_of(payments.start_another(database.call, {request("tok_ok"), ""})).code,
            ErrorCode::invalid);
  auto nobodys = request("tok_ok");
  nobodys.order_id = OrderId("ord_none");
  EXPECT_EQ(failure_of(payments.start_another(database.call, {nobodys, "k"})).code, ErrorCode::not_found);
}

}  // namespace
}  // namespace bramble::payments
