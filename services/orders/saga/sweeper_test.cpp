// What the sweeper wakes, and when.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class Sweeping : public OrdersFixture {};

TEST_F(Sweeping, EndsWhatNothingElseEnds) {  // I16
  auto order = create_with(Pay::requires_action);
  // The event that the hold has expired is lost.
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

TEST_F(Sweeping, StuckOrdersDoNotKeepItFromOthers) {  // I16
  // The bank does not answer for 250 payments, each of another buyer: more than the sweeper reads at once.
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
  // A stuck order is woken at growing intervals.
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

TEST_F(Sweeping, OrdersThatHaveWaitedLongestAreWokenFirst) {  // I16
  std::vector<OrderId> orders_by_time;
  for (int i = 0; i < 3; ++i) {
    orders_by_time.push_back(create_with(Pay::requires_action));
    database.clock.advance(seconds(1));
  }
  // A look puts the first order behind the others.
  auto look = [&](std::int64_t most) {
    auto due = database.transact([&](Tx& tx) { return OrderStore().due(tx, tx.now(), most); });
    std::vector<OrderId> found;
    for (const auto& order : due) found.push_back(order.order_id);
    database.transact([&](Tx& tx) {
      for (const auto& order : due) EXPECT_TRUE(OrderStore().look_again(tx, order, tx.now() + minutes(1)));
      // Another process has read the same orders and comes later.
      for (const auto& order : due) EXPECT_FALSE(OrderStore().look_again(tx, order, tx.now() + minutes(2)));
    });
    return found;
  };
  database.clock.advance(minutes(15));
  EXPECT_EQ(look(1), std::vector<OrderId>{orders_by_time[0]});
  database.clock.advance(minutes(2));
  EXPECT_EQ(look(9), (std::vector<OrderId>{orders_by_time[1], orders_by_time[2], orders_by_time[0]}));
}

TEST_F(Sweeping, ARestingOrderIsLookedAtNoMore) {
  auto done = create_paid();
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE look_at IS NOT NULL"), 0);
  cancel(done);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE look_at IS NOT NULL"), 1);
  run_jobs();
  give_back(done);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE look_at IS NOT NULL"), 0);
}

TEST_F(Sweeping, FinishesWhatWasInterrupted) {  // I16
  // As after a kill: a refunded order that is not cleaned up, and a cancel request without an answer.
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

TEST_F(Sweeping, FindsEveryOrderOnceAfterARestartToo) {
  for (int i = 0; i < 5; ++i) create_with(Pay::declined);
  database.clock.advance(hours(1));
  OrdersService restarted{
      *database, {catalog, inventory, payments, pickup, warehouse}, database.clock, database.random, {}};
  run_sync(restarted.stories().sweeper.sweep(database.call));
  EXPECT_EQ(database.jobs<AdvanceOrder>().size(), 5u);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE status = 9"), 5);
  run_sync(restarted.stories().sweeper.sweep(database.call));
  EXPECT_TRUE(database.jobs<AdvanceOrder>().empty());
}

TEST_F(Sweeping, WakesAnOrderThoughTheClockWasSetBackBefore) {
  create_with(Pay::declined);
  database.clock.advance(hours(24));
  sweep();
  EXPECT_EQ(run_jobs(), 0);
  database.clock.advance(hours(-23));
  sweep();
  auto order = create_with(Pay::declined);
  database.clock.advance(minutes(15));
  sweep();
  EXPECT_EQ(database.jobs<AdvanceOrder>().size(), 1u);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), expired);
}

TEST_F(Sweeping, ReadsAnIndexAndNotAllOrdersThatWait) {
  std::string query = due_orders_query;
  for (auto [parameter, value] : {std::pair{"$1", "5"}, {"$2", "9"}})
    query.replace(query.find(parameter), 2, value);
  bool sqlite = (*database).dialect() == Dialect::sqlite;
  auto plan = database.transact([&](Tx& tx) {
    if (!sqlite) tx.exec("SET LOCAL enable_seqscan = off");
    std::string text;
    auto rows = tx.query(Sql::interned((sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + query));
    for (auto row : rows) text += row.get<std::string>(sqlite ? 3 : 0) + "\n";
    return text;
  });
  EXPECT_NE(plan.find("purchase_look_at"), std::string::npos) << plan;
  EXPECT_EQ(plan.find(sqlite ? "B-TREE" : "Sort"), std::string::npos) << plan;
}

}  // namespace
}  // namespace bramble::orders
