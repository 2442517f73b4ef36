#include "gateways/ops/console/diagnosis.h"

#include <gtest/gtest.h>

namespace bramble::ops {
namespace {

using orders::OrderStatus;
using payments::PaymentStatus;

constexpr Time began = {1'000'000'000};

// An order with a payment and a hold, a minute old.
class Diagnosis : public testing::Test {
 public:
  Diagnosis() {
    evidence.inspection.order.order_id = OrderId("ord_1");
    evidence.inspection.order.created_at = evidence.inspection.order.changed_at = began;
    evidence.inspection.expires_at = began + minutes(15);
  }
  void status(OrderStatus status) { evidence.inspection.order.status = status; }
  payments::Attempt& attempt(PaymentStatus status) {
    payments::Attempt attempt;
    attempt.payment.status = status;
    attempt.created_at = attempt.updated_at = began;
    attempt.session_expires_at = began + minutes(14);
    evidence.money.attempts = {attempt};
    return evidence.money.attempts.back();
  }
  void hold(inventory::HoldState state) { evidence.holds = {{OrderId("ord_1"), 1, state, 1, {}, {}, {}}}; }
  JobRow& job(std::string_view type) {
    JobRow job;
    job.module = "orders";
    job.job_id = "job_1";
    job.type = type;
    job.run_at = began + minutes(2);
    job.attempts = 3;
    job.last_error = "bank_trouble";
    evidence.jobs.push_back(job);
    return evidence.jobs.back();
  }
  void task(std::int64_t picked, std::int64_t quantity, warehouse::TaskStatus status = {}) {
    warehouse::TaskWork work;
    work.task.status = status;
    work.task.created_at = began;
    work.task.lines.push_back({SkuId("sku_1"), "", "A-1", quantity, picked});
    evidence.work.known = true;
    evidence.work.tasks.push_back(work);
  }
  OrderDiagnosis diagnosis(Duration age = minutes(1)) { return diagnose(evidence, began + age); }
  WaitsFor waits(Duration age = minutes(1)) { return diagnosis(age).waits_for; }

  OrderEvidence evidence;
};

TEST_F(Diagnosis, AnUnpaidOrderWaitsForItsBuyerUntilTheBanksPageCloses) {
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::requires_action);
  hold(inventory::HoldState::held);
  EXPECT_EQ(waits(), WaitsFor::buyer);
  EXPECT_EQ(diagnosis().until, began + minutes(14));
  EXPECT_FALSE(diagnosis(minutes(13)).late);
  EXPECT_EQ(waits(minutes(16)), WaitsFor::expiry);
}

TEST_F(Diagnosis, WithoutAnAnswerOfTheBankItSaysWhenItIsAskedNext) {
  status(OrderStatus::pending_payment);
  auto& payment = attempt(PaymentStatus::processing);
  payment.next_check_at = began + seconds(70);
  payment.checks = 4;
  auto found = diagnosis();
  EXPECT_EQ(found.waits_for, WaitsFor::bank_answer);
  EXPECT_EQ(found.next_try_at, began + seconds(70));
  EXPECT_EQ(found.attempts, 4);
  EXPECT_FALSE(found.late);
  EXPECT_TRUE(diagnosis(minutes(3)).late);
}

TEST_F(Diagnosis, AnAuthorisedPaymentWaitsForItsGoodsAndThenForTheCapture) {
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::authorised);
  job(orders::AdvanceOrder::type);
  hold(inventory::HoldState::held);
  EXPECT_EQ(waits(), WaitsFor::goods);
  hold(inventory::HoldState::paying);
  EXPECT_EQ(waits(), WaitsFor::capture);
  EXPECT_EQ(diagnosis().last_error, "bank_trouble");
  EXPECT_EQ(diagnosis().next_try_at, began + minutes(2));
  hold(inventory::HoldState::released);
  EXPECT_EQ(waits(), WaitsFor::order_job);
}

TEST_F(Diagnosis, APaymentThatIsOverLeavesTheNextStepToTheOrder) {
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::captured);
  EXPECT_EQ(waits(), WaitsFor::order_job);
  evidence.money.attempts.clear();
  EXPECT_EQ(waits(), WaitsFor::payment_start);
}

TEST_F(Diagnosis, APaymentThatCameToNothingMayBeFollowedByAnother) {
  status(OrderStatus::pending_payment);
  for (auto over : {PaymentStatus::declined, PaymentStatus::cancelled}) {
    attempt(over);
    EXPECT_EQ(waits(), WaitsFor::another_payment);
    EXPECT_EQ(diagnosis().until, began + minutes(15));
    EXPECT_FALSE(diagnosis(minutes(14)).late);
    EXPECT_EQ(waits(minutes(16)), WaitsFor::expiry);
  }
}

TEST_F(Diagnosis, WhileTheBankDoesNotAnswerNobodyWaitsForTheBuyer) {
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::requires_action).payment.bank_unreachable_since = began + seconds(30);
  auto found = diagnosis();
  EXPECT_EQ(found.waits_for, WaitsFor::bank_answer);
  EXPECT_EQ(found.since, began + seconds(30));
  EXPECT_TRUE(diagnosis(hours(1)).late);
}

TEST_F(Diagnosis, ABankThatFailsIsNamedWhereItIsNeededAndNowhereElse) {
  DependencyState bank{.name = "bank", .failing_since = began, .last_error = "timeout", .failures = 7};
  DependencyState sms{.name = "SMS", .failing_since = began, .last_error = "refused", .failures = 1};
  evidence.dependencies = {sms, bank, DependencyState{.name = "search"}};
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::requires_action);
  ASSERT_EQ(diagnosis().failing.size(), 1u);
  EXPECT_EQ(diagnosis().failing.front(), (FailingDependency{"bank", began, "timeout", 7}));
  status(OrderStatus::paid);
  task(0, 1);
  EXPECT_TRUE(diagnosis().failing.empty());
  evidence.dependencies[1].failing_since = std::nullopt;
  status(OrderStatus::pending_payment);
  EXPECT_TRUE(diagnosis().failing.empty());
}

TEST_F(Diagnosis, AWishToCancelComesBeforeAllElse) {
  evidence.inspection.order.cancel_requested = true;
  for (auto at : {OrderStatus::pending_payment, OrderStatus::paid, OrderStatus::assembling}) {
    status(at);
    EXPECT_EQ(waits(), WaitsFor::cancel_decision);
  }
}

TEST_F(Diagnosis, APaidOrderWaitsForTheWarehouseStepByStep) {
  status(OrderStatus::paid);
  EXPECT_EQ(waits(), WaitsFor::warehouse_news);
  task(0, 2);
  task(1, 1);
  auto found = diagnosis();
  EXPECT_EQ(found.waits_for, WaitsFor::pick);
  EXPECT_EQ(found.done, 1);
  EXPECT_EQ(found.total, 3);
  evidence.work.tasks[0].task.lines[0].picked = 2;
  EXPECT_EQ(waits(), WaitsFor::pack);
  for (auto& work : evidence.work.tasks) work.task.status = warehouse::TaskStatus::done;
  EXPECT_EQ(waits(), WaitsFor::order_news);
  status(OrderStatus::ready_to_ship);
  EXPECT_EQ(waits(), WaitsFor::shipment);
}

TEST_F(Diagnosis, GoodsThatWereNotFoundWaitForADecision) {
  status(OrderStatus::assembling);
  task(1, 3);
  evidence.work.tasks[0].task.lines[0].missing = 1;
  evidence.work.shorts.push_back({"short-1", TaskId("tsk_1"), SkuId("sku_1"), "A-1", 1, {}, "usr_1", began});
  EXPECT_EQ(waits(), WaitsFor::short_decision);
  EXPECT_EQ(diagnosis().total, 2);
  evidence.work.shorts[0].decided = true;
  EXPECT_EQ(waits(), WaitsFor::pick);
}

TEST_F(Diagnosis, AClosedOrderWaitsForWhatItStillHolds) {
  status(OrderStatus::expired);
  evidence.inspection.order.cleanup = true;
  hold(inventory::HoldState::held);
  EXPECT_EQ(waits(), WaitsFor::release);
  hold(inventory::HoldState::released);
  auto& payment = attempt(PaymentStatus::cancelled);
  EXPECT_EQ(waits(), WaitsFor::order_job);
  evidence.inspection.order.cleanup = false;
  EXPECT_EQ(waits(), WaitsFor::nothing);
  payment.end_wished = true;
  job(payments::EndAtBank::type);
  EXPECT_EQ(waits(), WaitsFor::void_);
  payment.captured_minor = 100;
  EXPECT_EQ(waits(), WaitsFor::refund);
  payment.refunded_minor = 100;
  payment.payment.status = PaymentStatus::refunded;
  evidence.jobs.clear();
  EXPECT_EQ(waits(), WaitsFor::order_news);
}

TEST_F(Diagnosis, MoneyThatCameAfterTheEndWaitsForADecision) {
  status(OrderStatus::expired);
  attempt(PaymentStatus::captured).captured_minor = 100;
  EXPECT_EQ(waits(), WaitsFor::late_money);
  evidence.inspection.order.was_paid = true;
  EXPECT_EQ(waits(), WaitsFor::refund);
}

TEST_F(Diagnosis, ADeadLetterIsTheReasonAsLongAsTheOrderIsNotAtItsEnd) {
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::authorised);
  hold(inventory::HoldState::paying);
  job(orders::AdvanceOrder::type).dead_at = began;
  auto found = diagnosis();
  EXPECT_EQ(found.waits_for, WaitsFor::dead_letter);
  EXPECT_EQ(found.instead_of, WaitsFor::capture);
  ASSERT_EQ(found.dead_letters.size(), 1u);
  EXPECT_EQ(found.dead_letters[0].id, "job_1");
  EXPECT_TRUE(found.late);
  status(OrderStatus::refunded);
  EXPECT_EQ(waits(), WaitsFor::nothing);
  EXPECT_EQ(diagnosis().dead_letters.size(), 1u);
}

TEST_F(Diagnosis, AGivenUpEventNamesItsConsumer) {
  status(OrderStatus::paid);
  EventRow event;
  event.event_id = "evt_1";
  event.type = orders::OrderPaid::type;
  event.receipts.push_back({"warehouse", ReceiptState::dead, began, 20, "no such site"});
  evidence.events.push_back(event);
  auto found = diagnosis();
  EXPECT_EQ(found.instead_of, WaitsFor::warehouse_news);
  ASSERT_EQ(found.dead_letters.size(), 1u);
  EXPECT_EQ(found.dead_letters[0].module, "warehouse");
  EXPECT_EQ(found.dead_letters[0].id, "warehouse/evt_1");
}

TEST_F(Diagnosis, WhatCannotBeReadIsNotGuessed) {
  status(OrderStatus::pending_payment);
  evidence.money_missing = true;
  EXPECT_EQ(waits(), WaitsFor::unknown);
  status(OrderStatus::paid);
  evidence.work_missing = true;
  EXPECT_EQ(waits(), WaitsFor::unknown);
}

TEST_F(Diagnosis, OrdersAtTheirEndWaitForNothing) {
  for (auto end :
       {OrderStatus::delivered, OrderStatus::refunded, OrderStatus::cancelled, OrderStatus::expired}) {
    status(end);
    EXPECT_EQ(waits(), WaitsFor::nothing);
    EXPECT_FALSE(diagnosis(days(100)).late);
  }
}

}  // namespace
}  // namespace bramble::ops
