// Money that comes when the order's time is over, or that nobody has heard of: the order waits for it with
// its goods, or it goes back whole (I18).
#include <gtest/gtest.h>

#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

std::vector<std::string> short_holds() {
  return {"orders.hold_ms=2500", "orders.session_margin_ms=0", "payments.bank_patience_ms=500"};
}

// The payer has paid, and we cannot know it: its news is late or lost. On a machine that is busy with
// something else the bank's page may have closed before the payer came; then it is tried again.
std::string paid_unheard(World& world, const Buyer& buyer, const Goods& goods) {
  Reply order;
  EXPECT_TRUE(eventually([&] {
    order = buyer.order({.sku_id = goods.sku_id, .method = sbp()});
    return order.status == 201 && world.client.send(confirmation(redirect_of(order))).status == 303;
  })) << order.body;
  return order.text("order_id");
}

// The bank cannot be asked when the hold of 2.5 s ends, and its news comes long after: the goods wait for it.
TEST(LateMoney, IsWaitedForWithTheGoods) {
  World world(short_holds());
  auto buyer = world.buyer();
  world.bank.misbehave(R"({"webhook":{"delay_ms":10000}})");
  auto id = paid_unheard(world, buyer, world.plenty());
  world.bank.misbehave(R"({"api":{"error_rate":1.0}})");
  auto view = buyer.wait_for(id, {"PAID", "REFUNDED"}, seconds(30));
  EXPECT_EQ(history_of(view), "PENDING_PAYMENT PAID");
  world.bank.behave();
  world.expect_money_follows(buyer, {id});
  auto worker = world.staff("warehouse");
  worker.pick(id);
  worker.pack(id);
  EXPECT_EQ(buyer.wait_for(id, {"READY_TO_SHIP"}).text("status"), "READY_TO_SHIP");
  world.expect_consistent();
}

TEST(LateMoney, IsFoundAtTheBankEvenIfItsNewsIsLost) {
  World world(short_holds());
  auto buyer = world.buyer();
  world.bank.misbehave(R"({"webhook":{"drop_rate":1.0}})");
  auto id = paid_unheard(world, buyer, world.plenty());
  auto view = buyer.wait_for(id, {"PAID", "REFUNDED"});
  EXPECT_EQ(history_of(view), "PENDING_PAYMENT PAID");
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

// The buyer has paid, does not know it, and cancels: then the goods are the next buyer's and the money goes
// back.
TEST(LateMoney, GoesBackIfTheBuyerHasCancelledMeanwhile) {
  World world({"payments.bank_patience_ms=500"});
  auto buyers = world.buyers(2);
  const auto& last = world.only(1);
  world.bank.misbehave(R"({"webhook":{"drop_rate":1.0}})");
  auto late = paid_unheard(world, buyers[0], last);
  world.bank.misbehave(R"({"api":{"error_rate":1.0},"webhook":{"drop_rate":1.0}})");
  EXPECT_EQ(buyers[0].cancel(late).text("status"), "CANCELLED");
  Reply next;
  ASSERT_TRUE(eventually([&] {
    next = buyers[1].order({.sku_id = last.sku_id});
    return next.status == 201;
  })) << next.body
      << history_of(buyers[0].view(late)) << world.instance.log();
  world.bank.behave();
  auto view = buyers[0].wait_for(late, {"PAID", "REFUNDED"}, seconds(30));
  EXPECT_EQ(history_of(view), "PENDING_PAYMENT CANCELLED REFUNDED");
  world.expect_money_follows(buyers[0], {late});
  auto other = next.text("order_id");
  EXPECT_EQ(buyers[1].cancel(other).text("status"), "CANCELLED");
  world.expect_money_follows(buyers[1], {other});
  EXPECT_TRUE(eventually([&] { return world.available(last) == 1; }));
  world.expect_consistent();
}

TEST(LateMoney, AnOrderThatNobodyPaysExpiresAndItsGoodsAreOnSaleAgain) {
  World world({"orders.hold_ms=1000", "orders.session_margin_ms=0"});
  auto buyer = world.buyer();
  const auto& goods = world.only(2);
  auto order = world.order(buyer, {.sku_id = goods.sku_id, .quantity = 2});
  auto id = order.text("order_id");
  auto view = buyer.wait_for(id, {"EXPIRED", "CANCELLED"});
  EXPECT_EQ(history_of(view), "PENDING_PAYMENT " + view.text("status"));
  EXPECT_TRUE(eventually([&] { return world.available(goods) == 2; }));
  world.client.send(confirmation(redirect_of(order)));
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
