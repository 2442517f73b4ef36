#include "gateways/ops/verdict.h"

#include <gtest/gtest.h>

namespace bramble::ops {
namespace {

using orders::OrderStatus;
using payments::PaymentStatus;

constexpr Time began = {1'000'000'000};

// An order with a payment and a hold, a minute old.
class Judging : public testing::Test {
 public:
  Judging() {
    facts.inspection.order.order_id = OrderId("ord_1");
    facts.inspection.order.created_at = facts.inspection.order.changed_at = began;
    facts.inspection.expires_at = began + minutes(15);
  }
  void status(OrderStatus status) { facts.inspection.order.status = status; }
  payments::Attempt& attempt(PaymentStatus status) {
    payments::Attempt attempt;
    attempt.payment.status = status;
    attempt.created_at = attempt.updated_at = began;
    attempt.session_expires_at = began + minutes(14);
    facts.money.attempts = {attempt};
    return facts.money.attempts.back();
  }
  void hold(inventory::HoldState state) { facts.holds = {{OrderId("ord_1"), 1, state, 1, {}, {}, {}}}; }
  JobRow& job(std::string_view type) {
    JobRow job;
    job.module = "orders";
    job.job_id = "job_1";
    job.type = type;
    job.run_at = began + minutes(2);
    job.attempts = 3;
    job.last_error = "bank_trouble";
    facts.jobs.push_back(job);
    return facts.jobs.back();
  }
  void task(std::int64_t picked, std::int64_t quantity, warehouse::TaskStatus status = {}) {
    warehouse::TaskWork work;
    work.task.status = status;
    work.task.created_at = began;
    work.task.lines.push_back({SkuId("sku_1"), "", "A-1", quantity, picked});
    facts.work.known = true;
    facts.work.tasks.push_back(work);
  }
  Verdict verdict(Duration age = minutes(1)) { return verdict_of(facts, began + age); }
  WaitsFor waits(Duration age = minutes(1)) { return verdict(age).waits_for; }

  OrderFacts facts;
};

TEST_F(Judging, AnUnpaidOrderWaitsForItsBuyerUntilTheBanksPageCloses) {
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::requires_action);
  hold(inventory::HoldState::held);
  EXPECT_EQ(waits(), WaitsFor::buyer);
  EXPECT_EQ(verdict().until, began + minutes(14));
  EXPECT_FALSE(verdict(minutes(13)).late);
  EXPECT_EQ(waits(minutes(16)), WaitsFor::expiry);
}

TEST_F(Judging, WithoutAnAnswerOfTheBankItSaysWhenItIsAskedNext) {
  status(OrderStatus::pending_payment);
  auto& payment = attempt(PaymentStatus::processing);
  payment.next_check_at = began + seconds(70);
  payment.checks = 4;
  auto found = verdict();
  EXPECT_EQ(found.waits_for, WaitsFor::bank_answer);
  EXPECT_EQ(found.next_try_at, began + seconds(70));
  EXPECT_EQ(found.attempts, 4);
  EXPECT_FALSE(found.late);
  EXPECT_TRUE(verdict(minutes(3)).late);
}

TEST_F(Judging, AnAuthorisedPaymentWaitsForItsGoodsAndThenForTheCapture) {
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::authorised);
  job(orders::AdvanceOrder::type);
  hold(inventory::HoldState::held);
  EXPECT_EQ(waits(), WaitsFor::goods);
  hold(inventory::HoldState::paying);
  EXPECT_EQ(waits(), WaitsFor::capture);
  EXPECT_EQ(verdict().last_error, "bank_trouble");
  EXPECT_EQ(verdict().next_try_at, began + minutes(2));
  hold(inventory::HoldState::released);
  EXPECT_EQ(waits(), WaitsFor::order_job);
}

TEST_F(Judging, APaymentThatIsOverLeavesTheNextStepToTheOrder) {
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::captured);
  EXPECT_EQ(waits(), WaitsFor::order_job);
  facts.money.attempts.clear();
  EXPECT_EQ(waits(), WaitsFor::payment_start);
}

TEST_F(Judging, APaymentThatCameToNothingMayBeFollowedByAnother) {
  status(OrderStatus::pending_payment);
  for (auto over : {PaymentStatus::declined, PaymentStatus::cancelled}) {
    attempt(over);
    EXPECT_EQ(waits(), WaitsFor::another_payment);
    EXPECT_EQ(verdict().until, began + minutes(15));
    EXPECT_FALSE(verdict(minutes(14)).late);
    EXPECT_EQ(waits(minutes(16)), WaitsFor::expiry);
  }
}

TEST_F(Judging, WhileTheBankDoesNotAnswerNobodyWaitsForTheBuyer) {
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::requires_action).payment.bank_unreachable_since = began + seconds(30);
  auto found = verdict();
  EXPECT_EQ(found.waits_for, WaitsFor::bank_answer);
  EXPECT_EQ(found.since, began + seconds(30));
  EXPECT_TRUE(verdict(hours(1)).late);
}

TEST_F(Judging, ABankThatFailsIsNamedWhereItIsNeededAndNowhereElse) {
  DependencyState bank{.name = "bank", .failing_since = began, .last_error = "timeout", .failures = 7};
  DependencyState sms{.name = "SMS", .failing_since = began, .last_error = "refused", .failures = 1};
  facts.dependencies = {sms, bank, DependencyState{.name = "search"}};
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::requires_action);
  ASSERT_EQ(verdict().failing.size(), 1u);
  EXPECT_EQ(verdict().failing.front(), (FailingDependency{"bank", began, "timeout", 7}));
  status(OrderStatus::paid);
  task(0, 1);
  EXPECT_TRUE(verdict().failing.empty());
  facts.dependencies[1].failing_since = std::nullopt;
  status(OrderStatus::pending_payment);
  EXPECT_TRUE(verdict().failing.empty());
}

TEST_F(Judging, AWishToCancelComesBeforeAllElse) {
  facts.inspection.order.cancel_requested = true;
  for (auto at : {OrderStatus::pending_payment, OrderStatus::paid, OrderStatus::assembling}) {
    status(at);
    EXPECT_EQ(waits(), WaitsFor::cancel_decision);
  }
}

TEST_F(Judging, APaidOrderWaitsForTheWarehouseStepByStep) {
  status(OrderStatus::paid);
  EXPECT_EQ(waits(), WaitsFor::warehouse_news);
  task(0, 2);
  task(1, 1);
  auto found = verdict();
  EXPECT_EQ(found.waits_for, WaitsFor::pick);
  EXPECT_EQ(found.done, 1);
  EXPECT_EQ(found.total, 3);
  facts.work.tasks[0].task.lines[0].picked = 2;
  EXPECT_EQ(waits(), WaitsFor::pack);
  for (auto& work : facts.work.tasks) work.task.status = warehouse::TaskStatus::done;
  EXPECT_EQ(waits(), WaitsFor::order_news);
  status(OrderStatus::ready_to_ship);
  EXPECT_EQ(waits(), WaitsFor::shipment);
}

TEST_F(Judging, GoodsThatWereNotFoundWaitForADecision) {
  status(OrderStatus::assembling);
  task(1, 3);
  facts.work.tasks[0].task.lines[0].missing = 1;
  facts.work.shorts.push_back({"short-1", TaskId("tsk_1"), SkuId("sku_1"), "A-1", 1, {}, "usr_1", began});
  EXPECT_EQ(waits(), WaitsFor::short_decision);
  EXPECT_EQ(verdict().total, 2);
  facts.work.shorts[0].decided = true;
  EXPECT_EQ(waits(), WaitsFor::pick);
}

TEST_F(Judging, AClosedOrderWaitsForWhatItStillHolds) {
  status(OrderStatus::expired);
  facts.inspection.order.cleanup = true;
  hold(inventory::HoldState::held);
  EXPECT_EQ(waits(), WaitsFor::release);
  hold(inventory::HoldState::released);
  auto& payment = attempt(PaymentStatus::cancelled);
  EXPECT_EQ(waits(), WaitsFor::order_job);
  facts.inspection.order.cleanup = false;
  EXPECT_EQ(waits(), WaitsFor::nothing);
  payment.end_wished = true;
  job(payments::EndAtBank::type);
  EXPECT_EQ(waits(), WaitsFor::void_);
  payment.captured_minor = 100;
  EXPECT_EQ(waits(), WaitsFor::refund);
  payment.refunded_minor = 100;
  payment.payment.status = PaymentStatus::refunded;
  facts.jobs.clear();
  EXPECT_EQ(waits(), WaitsFor::order_news);
}

TEST_F(Judging, MoneyThatCameAfterTheEndWaitsForADecision) {
  status(OrderStatus::expired);
  attempt(PaymentStatus::captured).captured_minor = 100;
  EXPECT_EQ(waits(), WaitsFor::late_money);
  facts.inspection.order.was_paid = true;
  EXPECT_EQ(waits(), WaitsFor::refund);
}

TEST_F(Judging, ADeadLetterIsTheReasonAsLongAsTheOrderIsNotAtItsEnd) {
  status(OrderStatus::pending_payment);
  attempt(PaymentStatus::authorised);
  hold(inventory::HoldState::paying);
  job(orders::AdvanceOrder::type).dead_at = began;
  auto found = verdict();
  EXPECT_EQ(found.waits_for, WaitsFor::dead_letter);
  EXPECT_EQ(found.instead_of, WaitsFor::capture);
  ASSERT_EQ(found.dead_letters.size(), 1u);
  EXPECT_EQ(found.dead_letters[0].id, "job_1");
  EXPECT_TRUE(found.late);
  status(OrderStatus::refunded);
  EXPECT_EQ(waits(), WaitsFor::nothing);
  EXPECT_EQ(verdict().dead_letters.size(), 1u);
}

TEST_F(Judging, AGivenUpEventNamesItsConsumer) {
  status(OrderStatus::paid);
  EventRow event;
  event.event_id = "evt_1";
  event.type = orders::OrderPaid::type;
  event.receipts.push_back({"warehouse", ReceiptState::dead, began, 20, "no such site"});
  facts.events.push_back(event);
  auto found = verdict();
  EXPECT_EQ(found.instead_of, WaitsFor::warehouse_news);
  ASSERT_EQ(found.dead_letters.size(), 1u);
  EXPECT_EQ(found.dead_letters[0].module, "warehouse");
  EXPECT_EQ(found.dead_letters[0].id, "warehouse/evt_1");
}

TEST_F(Judging, WhatCannotBeReadIsNotGuessed) {
  status(OrderStatus::pending_payment);
  facts.money_missing = true;
  EXPECT_EQ(waits(), WaitsFor::unknown);
  status(OrderStatus::paid);
  facts.work_missing = true;
  EXPECT_EQ(waits(), WaitsFor::unknown);
}

TEST_F(Judging, OrdersAtTheirEndWaitForNothing) {
  for (auto end :
       {OrderStatus::delivered, OrderStatus::refunded, OrderStatus::cancelled, OrderStatus::expired}) {
    status(end);
    EXPECT_EQ(waits(), WaitsFor::nothing);
    EXPECT_FALSE(verdict(days(100)).late);
  }
}

}  // namespace
}  // namespace bramble::ops
