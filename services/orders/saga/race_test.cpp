// Races on purpose: the other side acts during a call, after a decision and before it is written. `elsewhere`
// is another process on the same stores.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class Races : public OrdersFixture {
 public:
  using State = FakeInventory::State;

  OrderId create_elsewhere(Pay status) {
    payments.next_status = status;
    return run_sync(elsewhere.create(buyer(), request("key-" + std::to_string(++keys)))).order->order_id;
  }
  // The buyer confirms at the bank, and the other process gets the event during `method`.
  void pay_elsewhere_during(Trouble& trouble, const std::string& method, const OrderId& order) {
    account(order).payment.status = Pay::authorised;
    trouble.meanwhile(method, When::after, [this, order] {
      run_sync(elsewhere.stories().saga.advance_authorised_now(database.call, order));
    });
  }
  void settle(const OrderId& order) {
    for (int i = 0; i < 4; ++i) {
      run_jobs();
      database.clock.advance(seconds(1));
    }
    give_back(order);
  }

  OrdersService elsewhere{
      *database, {catalog, inventory, payments, pickup, warehouse}, database.clock, database.random, {}};
};

TEST_F(Races, ACancelThatLosesToThePaymentIsUpToTheWarehouse) {  // I6, I17
  auto order = create_elsewhere(Pay::requires_action);
  pay_elsewhere_during(payments.trouble, "get", order);
  auto reply = cancel(order);
  EXPECT_EQ(status(order), paid);
  EXPECT_EQ(reply.outcome, CancelOutcome::pending);
  EXPECT_EQ(warehouse.trouble.calls["cancel_pick"], 0);
  settle(order);
  EXPECT_EQ(warehouse.trouble.calls["cancel_pick"], 1);
  EXPECT_EQ(history(order), (std::vector<OrderStatus>{pending_payment, paid, cancelled, refunded}));
  check_orders();
}

TEST_F(Races, ACancelThatLosesToThePaymentAndToThePackingLeavesTheOrder) {  // I6, I16
  auto order = create_elsewhere(Pay::requires_action);
  pay_elsewhere_during(payments.trouble, "get", order);
  warehouse.packed = true;
  cancel(order);
  settle(order);
  EXPECT_EQ(status(order), paid);
  EXPECT_EQ(account(order).payment.status, Pay::captured);
  EXPECT_FALSE(account(order).end_wished);
  EXPECT_TRUE(database.events<PaidOrderCancelled>().empty());
  check_orders();
}

TEST_F(Races, TheEndOfItsTimeThatLosesToThePaymentIsNoEnd) {  // I6, I17
  auto order = create_elsewhere(Pay::requires_action);
  database.clock.advance(minutes(16));
  // When it was read, it waited for its buyer.
  payments.trouble.meanwhile("get", When::after, [&] {
    account(order).payment.status = Pay::authorised;
    run_sync(elsewhere.stories().saga.advance_authorised_now(database.call, order));
  });
  run_sync(orders.stories().saga.advance(database.call, {order}));
  settle(order);
  EXPECT_EQ(history(order), (std::vector<OrderStatus>{pending_payment, paid}));
  check_orders();
}

TEST_F(Races, APaymentThatLosesToACancelGivesItsMoneyBack) {  // I18
  auto order = create_elsewhere(Pay::requires_action);
  account(order).payment.status = Pay::authorised;
  payments.trouble.meanwhile("capture", When::before, [&] { cancel(order); });
  run_sync(elsewhere.stories().saga.advance_authorised_now(database.call, order));
  settle(order);
  EXPECT_EQ(history(order), (std::vector<OrderStatus>{pending_payment, cancelled, refunded}));
  EXPECT_TRUE(database.events<OrderPaid>().empty());
  EXPECT_EQ(hold(order), State::released);
  check_orders();
}

TEST_F(Races, GoodsThatAreHeldAgainForACancelledOrderAreLetGo) {  // I3
  auto order = create_elsewhere(Pay::requires_action);
  account(order).payment.status = Pay::authorised;
  // The process paused: meanwhile the order was cancelled and its goods are for sale.
  inventory.trouble.meanwhile("begin_payment", When::before, [&] {
    cancel(order);
    run_jobs();
    EXPECT_EQ(hold(order), State::released);
  });
  run_sync(elsewhere.stories().saga.advance_authorised_now(database.call, order));
  settle(order);
  EXPECT_EQ(status(order), cancelled);
  EXPECT_EQ(hold(order), State::released);
  EXPECT_EQ(inventory.available[shoe], 10);
  check_orders();
}

TEST_F(Races, AnAuthorisedPaymentOfAnOrderThatExpiredMeanwhileDoesNotPayIt) {  // I18
  auto order = create_elsewhere(Pay::requires_action);
  account(order).payment.status = Pay::authorised;
  // The process paused after the capture: meanwhile the order expired, so the money is late.
  payments.trouble.meanwhile("capture", When::after, [&] {
    account(order).payment.status = Pay::cancelled;
    end_time_of(order);
    run_jobs();
    payments.money_comes(order);
  });
  run_sync(elsewhere.stories().saga.advance_authorised_now(database.call, order));
  EXPECT_EQ(status(order), expired);
  EXPECT_TRUE(account(order).late);
  settle(order);
  EXPECT_EQ(status(order), paid);
  EXPECT_FALSE(account(order).late);
  check_orders();
}

TEST_F(Races, ACleaningUpThatComesTooLateTakesNothingFromThePaidOrder) {  // I6, I7, I18
  auto order = create_elsewhere(Pay::requires_action);
  end_time_of(order);
  // This process pauses before the release. Meanwhile the other one cleans up, and late money pays.
  inventory.trouble.meanwhile("release", When::before, [&] {
    run_sync(elsewhere.stories().saga.advance(database.call, {order}));
    payments.money_comes(order);
    run_sync(elsewhere.stories().saga.advance(database.call, {order}));
    EXPECT_EQ(status(order), paid);
  });
  run_sync(orders.stories().saga.advance(database.call, {order}));
  settle(order);
  EXPECT_EQ(status(order), paid);
  EXPECT_EQ(hold(order), State::paying);
  EXPECT_FALSE(account(order).end_wished);
  EXPECT_EQ(inventory.available[shoe], 9);
  check_orders();
}

TEST_F(Races, WhoFindsLateMoneyTakenLetsNobodysGoodsGo) {  // I7, I18
  auto order = create_elsewhere(Pay::requires_action);
  end_time_of(order);
  run_jobs();
  payments.money_comes(order);
  // The other process pays with it and the buyer cancels, before this process accepts it.
  payments.trouble.meanwhile("accept_late", When::before, [&] {
    run_sync(elsewhere.stories().saga.advance(database.call, {order}));
    EXPECT_EQ(status(order), paid);
    run_sync(elsewhere.cancel(buyer(), {order, "", ""}));
    run_sync(elsewhere.stories().saga.advance(database.call, {order}));
    EXPECT_TRUE(account(order).end_wished);
  });
  run_sync(orders.stories().saga.advance(database.call, {order}));
  // The event returns the goods. A release as well would sell them twice.
  EXPECT_EQ(hold(order), State::paying);
  EXPECT_EQ(database.events<PaidOrderCancelled>().size(), 1u);
  check_orders();
}

TEST_F(Races, MoneyThatIsBackBeforeTheCleaningUpHasEndedLeavesNothingOpen) {  // I16
  auto order = create_paid();
  cancel(order);
  payments.trouble.meanwhile("cancel", When::after, [&] { give_back(order); });
  EXPECT_EQ(run_jobs(), 0);
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), refunded);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE cleanup <> 0"), 0);
}

}  // namespace
}  // namespace bramble::orders
