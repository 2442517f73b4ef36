// The end of the time to pay, and money that comes after it.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;
using Hold = FakeInventory::State;

class EndOfTime : public OrdersFixture {};

class Late : public OrdersFixture {
 public:
  // The time to pay is over: the hold has expired, the order is closed, the payment has ended.
  OrderId create_expired(std::int64_t shoes = 1) {
    auto order = create_with(Pay::requires_action, shoes);
    end_time_of(order);
    run_jobs();
    EXPECT_EQ(status(order), expired);
    EXPECT_EQ(account(order).payment.status, Pay::cancelled);
    return order;
  }
  // The buyer has either the goods or the money.
  void check_one_of_both(const OrderId& order) {
    bool has_goods = status(order) == paid;
    bool has_money = account(order).payment.status == Pay::refunded;
    EXPECT_NE(has_goods, has_money);
    EXPECT_EQ(hold(order) == FakeInventory::State::paying, has_goods);
    check_orders();
  }
};

TEST_F(EndOfTime, ClosesWhatNobodyHasPaidAndAsksTheBankBefore) {
  auto order = create_with(Pay::requires_action);
  sweep();
  EXPECT_TRUE(database.jobs<AdvanceOrder>().empty());
  database.clock.advance(minutes(15));
  sweep();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), expired);
  EXPECT_EQ(payments.trouble.calls["settle"], 1);
  EXPECT_EQ(hold(order), Hold::released);
  check_orders();
}

TEST_F(EndOfTime, TakesWhatTheBuyerHadConfirmedThoughNobodyHeardOfIt) {  // E1
  auto order = create_with(Pay::requires_action);
  account(order).confirmed = true;
  database.clock.advance(minutes(15));
  sweep();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), paid);
  check_orders();
}

TEST_F(EndOfTime, WaitsForABankThatIsDownWithTheGoodsHeld) {  // E1
  auto order = create_with(Pay::requires_action);
  account(order).confirmed = true;
  payments.bank_is_down = true;
  database.clock.advance(minutes(15));
  sweep();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), pending_payment);
  EXPECT_EQ(view(order).payment.status, Pay::processing);
  EXPECT_FALSE(view(order).can_pay);
  EXPECT_EQ(hold(order), Hold::paying);
  EXPECT_FALSE(inventory.expire(order));
  database.clock.advance(hours(2));
  sweep();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), pending_payment);
  // The bank's answer arrives as an event.
  payments.bank_is_down = false;
  account(order).payment.status = Pay::authorised;
  on_authorised(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), paid);
  check_orders();
}

TEST_F(EndOfTime, ClosesWhatTheBankSaysWasNotConfirmedOnceItIsBack) {
  auto order = create_with(Pay::requires_action);
  payments.bank_is_down = true;
  database.clock.advance(minutes(15));
  sweep();
  run_jobs();
  on_declined(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), expired);
  EXPECT_EQ(hold(order), Hold::released);
  check_orders();
}

TEST_F(EndOfTime, ABuyerWhoIsTiredOfWaitingMayCancel) {  // I18
  auto order = create_with(Pay::requires_action);
  payments.bank_is_down = true;
  database.clock.advance(minutes(15));
  sweep();
  run_jobs();
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::cancelled);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_TRUE(account(order).end_wished);
  EXPECT_EQ(hold(order), Hold::released);
}

TEST_F(EndOfTime, AnyFailureOnTheWayIsRepeatedToTheSameEnd) {  // I16
  for (const char* step : {"get", "settle"}) {
    for (auto when : {When::before, When::after}) {
      SCOPED_TRACE(step);
      auto order = create_with(Pay::requires_action);
      database.clock.advance(minutes(15));
      sweep();
      payments.trouble.next(step, when);
      EXPECT_EQ(run_jobs(), 1);
      database.clock.advance(seconds(1));
      EXPECT_EQ(run_jobs(), 0);
      EXPECT_EQ(status(order), expired);
    }
  }
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
  // Confirmed in the last second: the order expired before the event, so its closing asked for a refund.
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
        // New goods arrive while the money goes back: too late for this order.
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
  // The call that started it had timed out and arrived afterwards.
  payments.accounts.clear();
  payments.next_status = Pay::authorised;
  run_sync(
      payments.begin(database.call, {order, UserId("usr_1"), Money{199'900, "RUB"}, {"card", "t"}, "", {}}));
  on_authorised(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account(order).payment.status, Pay::cancelled);
  EXPECT_EQ(account(order).captures, 0);
}

}  // namespace
}  // namespace bramble::orders
