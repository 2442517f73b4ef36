// Cancelling in every status.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class Cancelling : public OrdersFixture {};

TEST_F(Cancelling, BeforeThePaymentEndsAllAtOnce) {
  for (auto payment : {Pay::processing, Pay::requires_action}) {
    auto order = create_with(payment);
    auto reply = cancel(order);
    EXPECT_EQ(reply.outcome, CancelOutcome::cancelled);
    EXPECT_EQ(reply.order->status, cancelled);
    EXPECT_EQ(run_jobs(), 0);
    EXPECT_EQ(hold(order), FakeInventory::State::released);
    EXPECT_EQ(account(order).payment.status, Pay::cancelled);
  }
  EXPECT_EQ(inventory.available[shoe], 10);
  EXPECT_TRUE(database.events<PaidOrderCancelled>().empty());
  check_orders();
}

TEST_F(Cancelling, AnAuthorisedOneIsVoidedAndNotCaptured) {
  auto order = create_with(Pay::authorised);
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::cancelled);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account(order).captures, 0);
  EXPECT_EQ(account(order).payment.status, Pay::cancelled);
}

TEST_F(Cancelling, APaidOneAsksTheWarehouseAndGivesTheMoneyBack) {  // I11, I16
  auto order = create_paid();
  auto reply = cancel(order);
  EXPECT_EQ(reply.outcome, CancelOutcome::cancelled);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(database.events<PaidOrderCancelled>(), (std::vector<PaidOrderCancelled>{{order}}));
  // The event returns the goods; no release does.
  EXPECT_EQ(inventory.trouble.calls["release"], 0);
  EXPECT_TRUE(give_back(order));
  EXPECT_EQ(status(order), refunded);
  EXPECT_EQ(history(order), (std::vector<OrderStatus>{pending_payment, paid, cancelled, refunded}));
  check_orders();
}

TEST_F(Cancelling, OneThatIsBeingAssembledIsStillPossible) {
  auto order = create_paid();
  on_assembly_started(order);
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::cancelled);
  run_jobs();
  EXPECT_TRUE(give_back(order));
  EXPECT_EQ(status(order), refunded);
}

TEST_F(Cancelling, APackedOneIsTooLate) {
  auto order = create_paid();
  warehouse.packed = true;
  auto reply = cancel(order);
  EXPECT_EQ(reply.outcome, CancelOutcome::packed);
  EXPECT_FALSE(reply.order->cancel_requested);
  EXPECT_TRUE(reply.order->cancel_refused);
  EXPECT_EQ(status(order), paid);
  on_assembly_complete(order);
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::packed);
  EXPECT_EQ(status(order), ready_to_ship);
  EXPECT_FALSE(account(order).end_wished);
  check_orders();
}

TEST_F(Cancelling, WaitsForAWarehouseThatDoesNotAnswer) {  // docs/invariants.md, rule 8
  auto order = create_paid();
  warehouse.trouble.next("cancel_pick", When::before, 2);
  auto reply = cancel(order, "c");
  EXPECT_EQ(reply.outcome, CancelOutcome::pending);
  EXPECT_TRUE(reply.order->cancel_requested);
  EXPECT_EQ(run_jobs(), 1);
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), cancelled);
  EXPECT_EQ(cancel(order, "d").outcome, CancelOutcome::cancelled);
}

TEST_F(Cancelling, ARepeatGetsTheFirstAnswerThoughTheWishWasStillOpen) {  // I19
  auto order = create_paid();
  warehouse.trouble.next("cancel_pick", When::before);
  auto first = cancel(order, "c");
  EXPECT_EQ(first.outcome, CancelOutcome::pending);
  EXPECT_FALSE(first.replayed);
  auto asked = warehouse.trouble.calls["cancel_pick"];
  for (int i = 0; i < 2; ++i) {
    auto again = cancel(order, "c");
    EXPECT_EQ(again.outcome, CancelOutcome::pending);
    EXPECT_TRUE(again.replayed);
    EXPECT_EQ(again.order, first.order);
    run_jobs();
  }
  EXPECT_EQ(status(order), cancelled);
  EXPECT_EQ(warehouse.trouble.calls["cancel_pick"], asked + 1);
  EXPECT_EQ(run_sync(orders.cancel(buyer(), {order, "c", "another body"})).outcome,
            CancelOutcome::key_reused);
}

TEST_F(Cancelling, ARefusalIsRepeatedWithThePaymentThatItShowed) {  // I19
  auto order = create_paid();
  on_assembly_complete(order);
  auto first = cancel(order, "c");
  EXPECT_EQ(first.outcome, CancelOutcome::packed);
  EXPECT_EQ(first.order->payment.status, Pay::captured);
  auto again = cancel(order, "c");
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.order, first.order);
}

TEST_F(Cancelling, ARequestThatDiedBeforeItsAnswerIsAnsweredByItsRepeat) {  // I19
  auto order = create_paid();
  payments.trouble.next("get", When::before);
  EXPECT_EQ(failure_of(orders.cancel(buyer(), {order, "c", "cancel"})).code, ErrorCode::unavailable);
  // The key already belongs to its body.
  EXPECT_EQ(run_sync(orders.cancel(buyer(), {order, "c", "another body"})).outcome,
            CancelOutcome::key_reused);
  auto reply = cancel(order, "c");
  EXPECT_EQ(reply.outcome, CancelOutcome::cancelled);
  EXPECT_FALSE(reply.replayed);
  EXPECT_TRUE(cancel(order, "c").replayed);
}

TEST_F(Cancelling, TwoEqualRequestsAtOnceGetOneAnswer) {  // I19
  auto order = create_paid();
  std::optional<CancelReply> second;
  warehouse.trouble.meanwhile("cancel_pick", When::before, [&] {
    warehouse.trouble.next("cancel_pick", When::before);
    second = cancel(order, "c");
  });
  auto first = cancel(order, "c");
  EXPECT_EQ(second->outcome, CancelOutcome::pending);
  EXPECT_EQ(first.outcome, CancelOutcome::pending);
  EXPECT_TRUE(first.replayed);
  EXPECT_EQ(status(order), cancelled);
}

TEST_F(Cancelling, AWishThatLosesToThePackingIsRefusedAndTheBuyerHearsOfIt) {  // I16
  auto order = create_paid();
  warehouse.trouble.next("cancel_pick", When::before);
  EXPECT_EQ(cancel(order, "c").outcome, CancelOutcome::pending);
  on_assembly_complete(order);
  auto shown = view(order);
  EXPECT_EQ(shown.status, ready_to_ship);
  EXPECT_FALSE(shown.cancel_requested);
  EXPECT_TRUE(shown.cancel_refused);
  EXPECT_FALSE(shown.can_cancel);
  auto told = database.events<OrderCancelRefused>();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].status, ready_to_ship);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(cancel(order, "d").outcome, CancelOutcome::packed);
  auto again = cancel(order, "d");
  EXPECT_EQ(again.outcome, CancelOutcome::packed);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(database.events<OrderCancelRefused>().size(), 1u);
  EXPECT_FALSE(account(order).end_wished);
  check_orders();
}

TEST_F(Cancelling, ARefusalByTheWarehouseIsForGood) {
  auto order = create_paid();
  warehouse.trouble.next("cancel_pick", When::before);
  EXPECT_EQ(cancel(order, "c").outcome, CancelOutcome::pending);
  warehouse.packed = true;
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 0);
  // The event of the packing has not arrived yet.
  EXPECT_EQ(status(order), paid);
  EXPECT_TRUE(view(order).cancel_refused);
  auto asked = warehouse.trouble.calls["cancel_pick"];
  EXPECT_EQ(cancel(order, "d").outcome, CancelOutcome::packed);
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::packed);
  EXPECT_EQ(warehouse.trouble.calls["cancel_pick"], asked);
  on_assembly_complete(order);
  EXPECT_EQ(database.events<OrderCancelRefused>().size(), 1u);
  check_orders();
}

TEST_F(Cancelling, RacingThePaymentHasOneEnd) {  // I17, I18
  auto order = create_with(Pay::authorised);
  auto buy = orders.stories().saga.advance(database.call, {order});
  auto wish = [&]() -> Task<void> { co_await orders.cancel(buyer(), {order, "", ""}); };
  auto tolerant = [&](Task<void> task) -> Task<void> {
    try {
      co_await std::move(task);
    } catch (const Error&) {
    }
  };
  std::vector<Task<void>> tasks;
  tasks.push_back(tolerant(std::move(buy)));
  tasks.push_back(tolerant(wish()));
  run_sync(all(std::move(tasks)));
  for (int i = 0; i < 5; ++i) {
    run_jobs();
    database.clock.advance(seconds(1));
  }
  give_back(order);
  EXPECT_TRUE(status(order) == cancelled || status(order) == refunded) << to_string(status(order));
  EXPECT_NE(account(order).payment.status, Pay::captured);
  EXPECT_FALSE(view(order).cancel_requested);
  check_orders();
}

TEST_F(Cancelling, AWishThatMeetsThePaymentIsDecidedBehindIt) {
  auto order = create_with(Pay::authorised);
  // The request comes while the capture has no answer yet.
  payments.trouble.next("capture", When::after);
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::pending);
  for (int i = 0; i < 4; ++i) {
    database.clock.advance(seconds(1));
    run_jobs();
  }
  EXPECT_TRUE(give_back(order));
  EXPECT_EQ(status(order), refunded);
  check_orders();
}

TEST_F(Cancelling, AgainIsTheSameAnswer) {  // I19
  auto order = create_paid();
  auto first = cancel(order, "c");
  EXPECT_EQ(first.outcome, CancelOutcome::cancelled);
  run_jobs();
  give_back(order);
  auto again = cancel(order, "c");
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.order, first.order);
  EXPECT_EQ(run_sync(orders.cancel(buyer(), {order, "c", "another body"})).outcome,
            CancelOutcome::key_reused);
  EXPECT_EQ(cancel(order, "c2").outcome, CancelOutcome::cancelled);
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::cancelled);
  EXPECT_EQ(database.events<PaidOrderCancelled>().size(), 1u);
}

TEST_F(Cancelling, WhatIsClosedStaysAsItIs) {
  auto order = create_with(Pay::requires_action);
  end_time_of(order);
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::cancelled);
  EXPECT_EQ(status(order), expired);
}

}  // namespace
}  // namespace bramble::orders
