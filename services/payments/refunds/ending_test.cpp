// Ending a payment: void, refund, and money that comes after the end.
#include "services/payments/payments_stand.h"

namespace bramble::payments {
namespace {

using enum PaymentStatus;

class Ending : public PaymentsStand {};
class LateMoney : public PaymentsStand {
 public:
  // The buyer pays on the bank's page at the moment at which we end the payment.
  void pay_after_the_end() {
    start_sbp();
    bank.confirm("ord_1");
    EXPECT_EQ(cancel().status, cancelled);
    EXPECT_EQ(tell("bev_1"), WebhookOutcome::applied);
  }
};

TEST_F(Ending, BeforeTheCaptureIsAVoid) {  // I11
  start_card("tok_ok");
  EXPECT_EQ(cancel().status, cancelled);
  EXPECT_EQ(cancel().status, cancelled);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account().status, "VOIDED");
  EXPECT_EQ(tell("bev_1"), WebhookOutcome::applied);
  EXPECT_EQ(status(), cancelled);
  EXPECT_EQ(entries(), 0);
  EXPECT_TRUE(database.events<PaymentDeclined>().empty());
  check_money();
}

TEST_F(Ending, AfterTheCaptureIsOneRefundOfAll) {  // I11, I8
  start_card("tok_ok");
  capture();
  EXPECT_EQ(cancel().status, captured);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(), refunded);
  cancel();
  run_jobs();
  tell("bev_1");
  EXPECT_EQ(account().refunds, 1);
  EXPECT_EQ(entries(), 2);
  EXPECT_EQ(balance("buyer:ord_1"), 0);
  EXPECT_EQ(balance("psp:sandbox"), 0);
  ASSERT_EQ(database.events<PaymentRefunded>().size(), 1u);
  EXPECT_EQ(database.events<PaymentRefunded>().front().amount, (Money{amount, "RUB"}));
  check_money();
}

TEST_F(Ending, ARefundWhoseAnswerIsLostIsMadeOnce) {  // I11
  start_card("tok_ok");
  capture();
  cancel();
  bank.faults = {Fault::lost_answer};
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(status(), captured);
  bank.faults = {Fault::error_after};
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 1);
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(), refunded);
  EXPECT_EQ(account().refunds, 1);
  EXPECT_EQ(entries(), 2);
  check_money();
}

TEST_F(Ending, AVoidThatTheBankDoesNotHearIsRepeated) {
  start_card("tok_ok");
  cancel();
  bank.faults = {Fault::unreachable};
  EXPECT_EQ(run_jobs(), 1);
  bank.faults = {Fault::error_before};
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 1);
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account().status, "VOIDED");
}

TEST_F(Ending, OfOneThatTheBankHasNeverHeardOfIsDoneAtOnceAndItsCreationComesTooLate) {  // I12
  bank.faults = {Fault::unreachable, Fault::unreachable};
  auto lost = start_card("tok_ok");
  EXPECT_FALSE(bank.knows("ord_1"));
  auto creation = bank.requests.front();
  EXPECT_EQ(cancel().status, cancelled);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account().payment_id, lost.payment_id.text());
  EXPECT_EQ(account().status, "VOIDED");
  // The lost request arrives after all.
  EXPECT_EQ(run_sync(bank.send(creation)).status, 409);
  EXPECT_EQ(account().status, "VOIDED");
  EXPECT_EQ(start_card("tok_ok").status, cancelled);
  EXPECT_TRUE(database.events<PaymentAuthorised>().empty());
}

TEST_F(Ending, WhoseAnswerIsLostIsAskedForAgainWithTheSameKey) {
  start_card("tok_3ds");
  cancel();
  bank.requests.clear();
  bank.faults = {Fault::lost_answer};
  EXPECT_EQ(run_jobs(), 1);
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 0);
  ASSERT_EQ(bank.requests.size(), 2u);
  EXPECT_EQ(bank.requests[0].headers.get("Idempotency-Key"), bank.requests[1].headers.get("Idempotency-Key"));
  EXPECT_EQ(bank.requests[0].body, bank.requests[1].body);
}

TEST_F(Ending, OfOneWhoseStartWasNotAnsweredVoidsWhatTheBankMadeOfIt) {
  bank.faults = {Fault::lost_answer};
  start_card("tok_ok");
  EXPECT_EQ(cancel().status, cancelled);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account().status, "VOIDED");
  EXPECT_EQ(status(), cancelled);
  // A start that is repeated after the end does not begin anew.
  EXPECT_EQ(start_card("tok_ok").status, cancelled);
}

TEST_F(Ending, ADeclinedOneHasNothingToEnd) {
  start_card("tok_declined");
  EXPECT_EQ(cancel().status, declined);
  EXPECT_TRUE(database.jobs<EndAtBank>().empty());
}

TEST_F(Ending, AnAuthorisationThatComesAfterItIsVoided) {
  start_card("tok_3ds");
  cancel();
  bank.confirm("ord_1");
  tell("bev_1");
  EXPECT_EQ(status(), cancelled);
  EXPECT_TRUE(database.events<PaymentAuthorised>().empty());
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account().status, "VOIDED");
}

TEST_F(Ending, OfAnOrderWithoutAPaymentIsNothing) {
  run_sync(payments.cancel(database.call, {OrderId("ord_none"), "test"}));
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM payment"), 0);
  EXPECT_TRUE(database.jobs<EndAtBank>().empty());
}

TEST_F(LateMoney, LiesInSuspenseUntilTheOrderDecides) {  // I9
  pay_after_the_end();
  EXPECT_EQ(status(), captured);
  EXPECT_EQ(balance("suspense:late_payment"), -amount);
  EXPECT_EQ(balance("buyer:ord_1"), 0);
  ASSERT_EQ(database.events<PaymentCaptured>().size(), 1u);
  EXPECT_TRUE(database.events<PaymentCaptured>().front().late);
  // The job of the end finds money that nobody has decided about, and leaves it.
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account().refunds, 0);
  check_money();
}

TEST_F(LateMoney, IsFoundByTheVoidThatCameTooLate) {  // I9
  start_sbp();
  bank.confirm("ord_1");
  cancel();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(), captured);
  EXPECT_EQ(balance("suspense:late_payment"), -amount);
  EXPECT_EQ(database.events<PaymentCaptured>().size(), 1u);
  EXPECT_EQ(account().refunds, 0);
  check_money();
}

TEST_F(LateMoney, IsTheBuyersOnceTheOrderTakesIt) {  // I18
  pay_after_the_end();
  EXPECT_EQ(accept_late().status, captured);
  EXPECT_EQ(accept_late().status, captured);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(balance("suspense:late_payment"), 0);
  EXPECT_EQ(balance("buyer:ord_1"), -amount);
  EXPECT_EQ(entries(), 2);
  EXPECT_EQ(account().refunds, 0);
  check_money();
  // Cancelled after all: from the buyer's account.
  cancel();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(), refunded);
  EXPECT_EQ(balance("buyer:ord_1"), 0);
  EXPECT_EQ(account().refunds, 1);
  check_money();
}

TEST_F(LateMoney, IsNotEndedByALateWordAboutAnUnpaidOrder) {  // I18
  pay_after_the_end();
  accept_late();
  run_sync(payments.cancel(database.call, {OrderId("ord_1"), "stale", true}));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(), captured);
  EXPECT_EQ(account().refunds, 0);
  check_money();
}

TEST_F(LateMoney, GoesBackFromSuspenseIfTheOrderDoesNot) {  // I18
  pay_after_the_end();
  cancel();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(), refunded);
  EXPECT_EQ(balance("suspense:late_payment"), 0);
  EXPECT_EQ(balance("buyer:ord_1"), 0);
  EXPECT_EQ(account().refunds, 1);
  EXPECT_EQ(database.events<PaymentRefunded>().size(), 1u);
  check_money();
}

TEST_F(LateMoney, IsNeverBothTakenAndGivenBack) {  // I18
  pay_after_the_end();
  cancel();
  EXPECT_EQ(failure_of(payments.accept_late(database.call, {order})).reason, "refund_decided");
  run_jobs();
  EXPECT_EQ(failure_of(payments.accept_late(database.call, {order})).reason, "refund_decided");
  EXPECT_EQ(entries(), 2);
  check_money();
}

TEST_F(LateMoney, ThatWasInTimeButIsGoingBackIsNotTakenEither) {  // I18
  start_sbp();
  bank.confirm("ord_1");
  tell("bev_1");
  EXPECT_EQ(accept_late().status, captured);
  EXPECT_EQ(entries(), 1);
  cancel();
  EXPECT_EQ(failure_of(payments.accept_late(database.call, {order})).reason, "refund_decided");
}

TEST_F(LateMoney, OfADeclinedPaymentWhoseOrderHasEndedIsLateToo) {  // I9
  start_card("tok_3ds");
  bank.decline("ord_1", "3ds_failed");
  tell("bev_1");
  EXPECT_EQ(cancel().status, declined);
  account().status = "CAPTURED";
  account().captured_minor = amount;
  tell("bev_2");
  EXPECT_EQ(balance("suspense:late_payment"), -amount);
  EXPECT_TRUE(database.events<PaymentCaptured>().front().late);
  check_money();
}

TEST_F(LateMoney, OfADeclinedPaymentWhoseOrderStillWaitsIsTheOrders) {  // I9
  start_card("tok_3ds");
  bank.decline("ord_1", "3ds_failed");
  tell("bev_1");
  account().status = "CAPTURED";
  account().captured_minor = amount;
  tell("bev_2");
  EXPECT_EQ(balance("buyer:ord_1"), -amount);
  EXPECT_FALSE(database.events<PaymentCaptured>().front().late);
  check_money();
}

TEST_F(LateMoney, OfAnotherAmountIsAccountedForWhole) {  // I9, I10
  start_sbp();
  bank.confirm("ord_1");
  account().captured_minor = amount - 100;
  tell("bev_1");
  EXPECT_EQ(balance("psp:sandbox"), amount - 100);
  EXPECT_EQ(balance("suspense:recon"), 100);
  check_money();
}

}  // namespace
}  // namespace bramble::payments
