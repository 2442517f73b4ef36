// Driving orders on: news of payments, holds and goods, in any order and more than once.
#include "services/orders/orders_stand.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class Advancing : public OrdersStand {};
class Late : public OrdersStand {
 public:
  // The time to pay is over: the hold was swept, the order closed, the payment ended.
  OrderId create_expired(std::int64_t shoes = 1) {
    auto order = create_with(Pay::requires_action, shoes);
    end_time_of(order);
    run_jobs();
    EXPECT_EQ(status(order), expired);
    EXPECT_EQ(account(order).payment.status, Pay::cancelled);
    return order;
  }
  // The buyer has the goods or the money, never both, never neither.
  void check_one_of_both(const OrderId& order) {
    bool has_goods = status(order) == paid;
    bool has_money = account(order).payment.status == Pay::refunded;
    EXPECT_NE(has_goods, has_money);
    EXPECT_EQ(hold(order) == FakeInventory::State::paying, has_goods);
    check_orders();
  }
};

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
  run_sync(orders.advance_authorised_now(database.call, order));
  EXPECT_EQ(status(order), paid);
  // The job behind it, and the news again, find nothing left to do.
  EXPECT_EQ(run_jobs(), 0);
  on_authorised(order);
  EXPECT_TRUE(database.jobs<AdvanceOrder>().empty());
  run_sync(orders.advance_authorised_now(database.call, order));
  EXPECT_EQ(account(order).captures, 1);
  EXPECT_EQ(database.events<OrderPaid>().size(), 1u);
  EXPECT_EQ(payments.trouble.calls["capture"], 1);
}

TEST_F(Advancing, TheNewsAndTheJobAtOnceAreOnePayment) {  // I12
  auto order = create_with(Pay::authorised);
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 4; ++i) {
    tasks.push_back(orders.advance_authorised_now(database.call, order));
    tasks.push_back(orders.advance(database.call, {order}));
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
    orders.on_payment_declined(tx, {order, PaymentId("pay_1"), "ended_by_bank"});
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
  // The news of the hold comes behind it.
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

TEST_F(Advancing, TheSweeperEndsWhatNothingElseEnds) {  // I16
  auto order = create_with(Pay::requires_action);
  // The news that the hold has expired is lost on the way here.
  ASSERT_TRUE(inventory.expire(order));
  database.clock.advance(minutes(15) - seconds(1));
  sweep();
  EXPECT_TRUE(database.jobs<AdvanceOrder>().empty());
  database.clock.advance(seconds(1));
  sweep();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), expired);
  EXPECT_EQ(account(order).payment.status, Pay::cancelled);
}

TEST_F(Advancing, StuckOrdersDoNotKeepTheSweeperFromOthers) {  // I16
  // A bank that says nothing about 250 payments, each of another buyer: more than the sweeper reads at once.
  inventory.available[shoe] = 1000;
  payments.bank_is_down = true;
  payments.next_status = Pay::processing;
  for (int i = 0; i < 250; ++i) {
    auto wanted = request("k");
    wanted.user_id = UserId("usr_" + std::to_string(i));
    create(wanted);
  }
  database.clock.advance(seconds(1));
  auto order = create_with(Pay::requires_action);
  account(order).payment.status = Pay::declined;
  database.clock.advance(minutes(16) + seconds(1));
  sweep();
  EXPECT_EQ(database.jobs<AdvanceOrder>().size(), 251u);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), expired);
  // What waking does not help is woken the more seldom.
  auto woken_after = [&](Duration time) {
    database.clock.advance(time);
    sweep();
    auto woken = database.jobs<AdvanceOrder>().size();
    run_jobs();
    return woken;
  };
  EXPECT_EQ(woken_after(seconds(50)), 0u);
  EXPECT_EQ(woken_after(seconds(10)), 250u);
  EXPECT_EQ(woken_after(seconds(110)), 0u);
  EXPECT_EQ(woken_after(seconds(10)), 250u);
}

TEST_F(Advancing, WhoeverHasWaitedLongestIsWokenFirst) {  // I16
  std::vector<OrderId> orders_by_time;
  for (int i = 0; i < 3; ++i) {
    orders_by_time.push_back(create_with(Pay::requires_action));
    database.clock.advance(seconds(1));
  }
  // The first was looked at a moment ago: it goes behind the others.
  auto look = [&](std::int64_t most) {
    auto due = database.transact([&](Tx& tx) { return OrderStore().due(tx, tx.now(), most); });
    std::vector<OrderId> found;
    for (const auto& order : due) found.push_back(order.order_id);
    database.transact([&](Tx& tx) {
      for (const auto& order : due) EXPECT_TRUE(OrderStore().look_again(tx, order, tx.now() + minutes(1)));
      // Another process has read the same and comes later.
      for (const auto& order : due) EXPECT_FALSE(OrderStore().look_again(tx, order, tx.now() + minutes(2)));
    });
    return found;
  };
  database.clock.advance(minutes(15));
  EXPECT_EQ(look(1), std::vector<OrderId>{orders_by_time[0]});
  database.clock.advance(minutes(2));
  EXPECT_EQ(look(9), (std::vector<OrderId>{orders_by_time[1], orders_by_time[2], orders_by_time[0]}));
}

TEST_F(Advancing, ARestingOrderIsLookedAtNoMore) {
  auto done = create_paid();
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE look_at IS NOT NULL"), 0);
  cancel(done);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE look_at IS NOT NULL"), 1);
  run_jobs();
  give_back(done);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE look_at IS NOT NULL"), 0);
}

TEST_F(Advancing, TheSweeperClosesOpenEnds) {  // I16
  // As a kill left them: the money is back and the cleaning up was cut off; a wish that nobody answers.
  auto back = create_paid();
  cancel(back);
  run_jobs();
  give_back(back);
  auto packed = create_paid();
  on_assembly_complete(packed);
  auto later = std::to_string((database.clock.now() + minutes(1)).us);
  database.run("UPDATE purchase SET cleanup = 1, look_at = " + later + " WHERE status = 10;" +
               "UPDATE purchase SET cancel_requested = 1, look_at = " + later + " WHERE status = 4");
  sweep();
  EXPECT_TRUE(database.jobs<AdvanceOrder>().empty());
  database.clock.advance(minutes(1));
  sweep();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE cleanup = 1 OR cancel_requested = 1"), 0);
  EXPECT_TRUE(view(packed).cancel_refused);
  EXPECT_EQ(status(back), refunded);
}

TEST_F(Advancing, ADeclineThatComesBeforeTheOrderIsSavedIsNotForgotten) {  // I16
  // The bank's answer was not known when the order was saved; its decline came in between.
  auto order = create_with(Pay::processing);
  account(order).payment.status = Pay::declined;
  database.run("UPDATE purchase SET status = 0, version = 0; DELETE FROM history");
  database.transact([&](Tx& tx) { orders.on_payment_declined(tx, {order, PaymentId("pay_1"), "declined"}); });
  database.transact([&](Tx& tx) {
    auto purchase = OrderStore().find(tx, order);
    OrderStore().move(tx, *purchase, pending_payment);
  });
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), pending_payment);
  end_time_of(order);
  EXPECT_EQ(status(order), expired);
}

TEST_F(Advancing, GoodsMoveItOnAndNeverBack) {  // I17
  auto order = create_paid();
  on_assembly_started(order);
  EXPECT_EQ(status(order), assembling);
  on_assembly_complete(order);
  on_assembly_started(order);
  on_assembly_complete(order);
  EXPECT_EQ(status(order), ready_to_ship);
  on_declined(order);
  on_hold_expired(order);
  on_authorised(order);
  on_captured(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), ready_to_ship);
  EXPECT_EQ(history(order), (std::vector<OrderStatus>{pending_payment, paid, assembling, ready_to_ship}));
  check_orders();
}

TEST_F(Advancing, GoodsOfAnOrderThatIsNotPaidMoveNothing) {
  auto order = create_with(Pay::requires_action);
  on_assembly_started(order);
  on_assembly_complete(order);
  EXPECT_EQ(status(order), pending_payment);
}

TEST_F(Advancing, NewsOfAnUnknownOrderIsHarmless) {
  OrderId order("ord_unknown");
  database.transact([&](Tx& tx) {
    orders.on_payment_authorised(tx, {order, PaymentId("pay_1")});
    orders.on_payment_captured(tx, {order, PaymentId("pay_1"), true});
    orders.on_payment_declined(tx, {order, PaymentId("pay_1"), ""});
    orders.on_payment_refunded(tx, {order, PaymentId("pay_1"), Money{1, "RUB"}});
    orders.on_hold_expired(tx, {order});
    orders.on_assembly_started(tx, {order});
    orders.on_assembly_complete(tx, {order, {}});
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

TEST_F(Late, MoneyFindsTheGoodsAgain) {  // I18
  auto order = create_expired(2);
  payments.money_comes(order);
  on_captured(order, true);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), paid);
  EXPECT_FALSE(account(order).late);
  EXPECT_EQ(inventory.available[shoe], 8);
  EXPECT_EQ(database.events<OrderPaid>().front().items.size(), 2u);
  EXPECT_FALSE(give_back(order));
  check_one_of_both(order);
}

TEST_F(Late, MoneyWithoutGoodsGoesBack) {  // I18
  auto order = create_expired(2);
  inventory.available[shoe] = 1;
  payments.money_comes(order);
  on_captured(order, true);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), expired);
  EXPECT_TRUE(give_back(order));
  EXPECT_EQ(status(order), refunded);
  EXPECT_TRUE(database.events<OrderPaid>().empty());
  EXPECT_EQ(inventory.available[shoe], 1);
  check_one_of_both(order);
}

TEST_F(Late, MoneyThatIsGoingBackBuysNothingAnyMore) {  // I18
  // Confirmed in the last second: the order expired before it heard of it, so its end asked for a refund.
  auto order = create_with(Pay::requires_action);
  end_time_of(order);
  payments.money_comes(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_TRUE(account(order).end_wished);
  on_captured(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), expired);
  EXPECT_TRUE(give_back(order));
  EXPECT_EQ(inventory.available[shoe], 10);
  check_one_of_both(order);
}

TEST_F(Late, EveryFailureOnTheWayEndsInOneOfBoth) {  // I18, I16
  struct Step {
    bool of_payments;
    const char* method;
  };
  for (const auto& step : {Step{false, "begin_payment"}, Step{false, "reserve"}, Step{true, "accept_late"},
                           Step{true, "get"}, Step{true, "cancel"}}) {
    for (auto when : {When::before, When::after}) {
      for (std::int64_t left : {0, 5}) {
        SCOPED_TRACE(step.method);
        inventory.available[shoe] = 5;
        auto order = create_expired();
        inventory.available[shoe] = left;
        payments.money_comes(order);
        (step.of_payments ? payments.trouble : inventory.trouble).next(step.method, when);
        on_captured(order, true);
        for (int i = 0; i < 4; ++i) {
          run_jobs();
          database.clock.advance(seconds(1));
        }
        payments.trouble = {};
        inventory.trouble = {};
        // More goods come in while the money is going back: too late for this order.
        inventory.available[shoe] += 5;
        on_captured(order, true);
        run_jobs();
        give_back(order);
        EXPECT_EQ(status(order), left > 0 ? paid : refunded);
        check_one_of_both(order);
      }
    }
  }
}

TEST_F(Late, MoneyOfACancelledOrderGoesBack) {  // I18
  auto order = create_with(Pay::requires_action);
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::cancelled);
  run_jobs();
  payments.money_comes(order);
  on_captured(order, true);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_TRUE(give_back(order));
  EXPECT_EQ(status(order), refunded);
  check_one_of_both(order);
}

TEST_F(Late, APaymentThatBeginsAfterItsOrderWasClosedIsEnded) {  // I16
  auto order = create_expired();
  // The call that started it had been given up and arrived afterwards.
  payments.accounts.clear();
  payments.next_status = Pay::authorised;
  run_sync(payments.create_at_bank(database.call,
                                   {order, UserId("usr_1"), Money{199'900, "RUB"}, {"card", "t"}, "", {}}));
  on_authorised(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account(order).payment.status, Pay::cancelled);
  EXPECT_EQ(account(order).captures, 0);
}

}  // namespace
}  // namespace bramble::orders
