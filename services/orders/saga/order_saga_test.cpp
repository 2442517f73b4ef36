// Advancing orders: events of payments and holds, in any order and more than once.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class Advancing : public OrdersFixture {};

TEST_F(Advancing, AfterThe3DSecurePageThePaymentIsCaptured) {
  auto order = create_with(Pay::requires_action);
  account(order).payment.status = Pay::authorised;
  on_authorised(order);
  on_authorised(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), paid);
  EXPECT_EQ(account(order).captures, 1);
  EXPECT_EQ(database.events<OrderPaid>().size(), 1u);
}

TEST_F(Advancing, TheNewsOfAnAuthorisationDrivesItOnAtOnce) {
  auto order = create_with(Pay::requires_action);
  account(order).payment.status = Pay::authorised;
  on_authorised(order);
  run_sync(orders.stories().saga.advance_authorised_now(database.call, order));
  EXPECT_EQ(status(order), paid);
  // The job and a repeat of the event find nothing to do.
  EXPECT_EQ(run_jobs(), 0);
  on_authorised(order);
  EXPECT_TRUE(database.jobs<AdvanceOrder>().empty());
  run_sync(orders.stories().saga.advance_authorised_now(database.call, order));
  EXPECT_EQ(account(order).captures, 1);
  EXPECT_EQ(database.events<OrderPaid>().size(), 1u);
  EXPECT_EQ(payments.trouble.calls["capture"], 1);
}

TEST_F(Advancing, TheNewsAndTheJobAtOnceAreOnePayment) {  // I12
  auto order = create_with(Pay::authorised);
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 4; ++i) {
    tasks.push_back(orders.stories().saga.advance_authorised_now(database.call, order));
    tasks.push_back(orders.stories().saga.advance(database.call, {order}));
  }
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), paid);
  EXPECT_EQ(account(order).captures, 1);
  EXPECT_EQ(database.events<OrderPaid>().size(), 1u);
  check_orders();
}

TEST_F(Advancing, AOneStagePaymentIsPaidByItsNews) {
  auto order = create_with(Pay::requires_action);
  payments.money_comes(order);
  on_captured(order);
  on_captured(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), paid);
  EXPECT_EQ(account(order).captures, 1);
  EXPECT_EQ(hold(order), FakeInventory::State::paying);
  check_orders();
}

TEST_F(Advancing, AnyFailureOnTheWayIsRepeatedToTheSameEnd) {  // I12, I16
  for (const char* step : {"begin_payment", "get", "capture"}) {
    for (auto when : {When::before, When::after}) {
      SCOPED_TRACE(step);
      auto order = create_with(Pay::authorised);
      (std::string(step) == "begin_payment" ? inventory.trouble : payments.trouble).next(step, when, 2);
      EXPECT_EQ(run_jobs(), 1);
      database.clock.advance(seconds(1));
      EXPECT_EQ(run_jobs(), std::string(step) == "capture" && when == When::after ? 0 : 1);
      database.clock.advance(seconds(1));
      payments.trouble = {};
      inventory.trouble = {};
      EXPECT_EQ(run_jobs(), 0);
      EXPECT_EQ(status(order), paid);
      EXPECT_EQ(account(order).captures, 1);
    }
  }
  EXPECT_EQ(database.events<OrderPaid>().size(), 6u);
  check_orders();
}

TEST_F(Advancing, APageOfTheBankThatWasClosedForAnotherAttemptIsNoNewsForTheBuyer) {
  auto order = create_with(Pay::requires_action);
  database.transact([&](Tx& tx) {
    orders.stories().saga.on_payment_declined(tx, {order, PaymentId("pay_1"), "ended_by_bank"});
  });
  EXPECT_TRUE(database.events<OrderPaymentDeclined>().empty());
}

TEST_F(Advancing, ADeclineLeavesTheOrderAndItsGoodsToAnotherPaymentUntilItsEnd) {
  auto order = create_with(Pay::requires_action);
  on_declined(order);
  on_declined(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(database.events<OrderPaymentDeclined>().size(), 2u);
  EXPECT_EQ(database.events<OrderPaymentDeclined>().front().user_id, UserId("usr_1"));
  EXPECT_EQ(status(order), pending_payment);
  EXPECT_EQ(hold(order), FakeInventory::State::held);
  EXPECT_FALSE(account(order).end_wished);
  end_time_of(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), expired);
  EXPECT_EQ(hold(order), FakeInventory::State::released);
  EXPECT_TRUE(account(order).end_wished);
  EXPECT_EQ(history(order), (std::vector<OrderStatus>{pending_payment, expired}));
  check_orders();
}

TEST_F(Advancing, TheNewsOfAnExpiredHoldMakesTheOrderLookAtItsPayment) {  // I7
  auto order = create_with(Pay::requires_action);
  database.clock.advance(minutes(16));
  ASSERT_TRUE(inventory.expire(order));
  on_hold_expired(order);
  on_hold_expired(order);
  EXPECT_EQ(status(order), pending_payment);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), expired);
  EXPECT_EQ(account(order).payment.status, Pay::cancelled);
  EXPECT_EQ(inventory.available[shoe], 10);
  check_orders();
}

TEST_F(Advancing, AuthorisedButTheGoodsAreGoneIsAVoidAndNotARefund) {  // docs/invariants.md, rule 5
  auto order = create_with(Pay::requires_action);
  ASSERT_TRUE(inventory.expire(order));
  inventory.available[shoe] = 0;
  account(order).payment.status = Pay::authorised;
  on_authorised(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), expired);
  EXPECT_EQ(account(order).captures, 0);
  EXPECT_EQ(account(order).payment.status, Pay::cancelled);
  // The event of the hold arrives after it.
  on_hold_expired(order);
  run_jobs();
  EXPECT_EQ(status(order), expired);
  check_orders();
}

TEST_F(Advancing, AuthorisedButTheGoodsWereLetGoTakesThemAgain) {  // I18
  auto order = create_with(Pay::requires_action);
  ASSERT_TRUE(inventory.expire(order));
  account(order).payment.status = Pay::authorised;
  on_authorised(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), paid);
  EXPECT_EQ(inventory.available[shoe], 9);
  check_orders();
}

TEST_F(Advancing, AHoldThatIsBeingPaidOutlivesItsTime) {  // I7
  auto order = create_with(Pay::authorised);
  payments.trouble.next("capture", When::before);
  EXPECT_EQ(run_jobs(), 1);
  database.clock.advance(hours(1));
  EXPECT_FALSE(inventory.expire(order));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), paid);
}

TEST_F(Advancing, ADeclineThatComesBeforeTheOrderIsSavedIsNotForgotten) {  // I16
  // The bank's answer was unknown when the order was saved. The decline arrived in between.
  auto order = create_with(Pay::processing);
  account(order).payment.status = Pay::declined;
  database.run("UPDATE purchase SET status = 0, version = 0; DELETE FROM history");
  database.transact([&](Tx& tx) {
    orders.stories().saga.on_payment_declined(tx, {order, PaymentId("pay_1"), "declined"});
  });
  database.transact([&](Tx& tx) {
    auto found = OrderStore().find(tx, order);
    OrderStore().move(tx, *found, pending_payment);
  });
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), pending_payment);
  end_time_of(order);
  EXPECT_EQ(status(order), expired);
}

TEST_F(Advancing, NewsOfAnUnknownOrderIsHarmless) {
  OrderId order("ord_unknown");
  database.transact([&](Tx& tx) {
    orders.stories().saga.on_payment_authorised(tx, {order, PaymentId("pay_1")});
    orders.stories().saga.on_payment_captured(tx, {order, PaymentId("pay_1"), true});
    orders.stories().saga.on_payment_declined(tx, {order, PaymentId("pay_1"), ""});
    orders.stories().refunds.on_payment_refunded(tx, {order, PaymentId("pay_1"), Money{1, "RUB"}});
    orders.stories().saga.on_hold_expired(tx, {order});
    orders.stories().fulfilment.on_assembly_started(tx, {order});
    orders.stories().fulfilment.on_assembly_complete(tx, {order, {}});
  });
  EXPECT_EQ(run_jobs(), 0);
}

TEST_F(Advancing, TheBuyerHearsOfEveryStatusInItsOrder) {
  auto order = create_paid();
  on_assembly_started(order);
  std::vector<OrderStatus> told;
  std::int64_t version = 1;
  for (const auto& event : database.events<OrderStatusChanged>()) {
    EXPECT_EQ(event.user_id.text(), "usr_1");
    EXPECT_EQ(event.version, ++version);
    told.push_back(event.status);
  }
  EXPECT_EQ(told, (std::vector<OrderStatus>{paid, assembling}));
}

}  // namespace
}  // namespace bramble::orders
