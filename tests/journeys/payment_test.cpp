// How a payment may go, and what becomes of the order with it.
#include <gtest/gtest.h>

#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

TEST(Payment, ADeclinedCardLeavesTheOrderAndItsGoodsUntilItsEnd) {
  World world({"orders.hold_ms=5000", "orders.session_margin_ms=500"});
  auto buyer = world.buyer();
  const auto& goods = world.only(3);
  std::vector<std::string> orders;
  for (const char* token : {"tok_declined", "tok_insufficient_funds", "tok_of_another_world"}) {
    auto order = world.order(buyer, {.sku_id = goods.sku_id, .method = card(token)});
    orders.push_back(order.text("order_id"));
    EXPECT_EQ(order.text("status"), "PENDING_PAYMENT") << token;
    EXPECT_EQ(order["payment"]["status"].text(), "DECLINED") << token;
    EXPECT_TRUE(order["payment"]["redirect_url"].is_null());
    EXPECT_TRUE(order["can_pay"].boolean()) << order.body;
  }
  EXPECT_EQ(world.available(goods), 0);
  for (const auto& order : orders)
    EXPECT_EQ(history_of(buyer.wait_for(order, {"EXPIRED"})), "PENDING_PAYMENT EXPIRED");
  EXPECT_TRUE(eventually([&] { return world.available(goods) == 3; }));
  world.expect_money_follows(buyer, orders);
  world.expect_consistent();
}

TEST(Payment, TheThirdWrongCodeDeclines) {
  World world;
  auto buyer = world.buyer();
  const auto& goods = world.only(1);
  auto order = world.order(buyer, {.sku_id = goods.sku_id});
  auto id = order.text("order_id");
  for (int attempt = 1; attempt <= 2; ++attempt) {
    EXPECT_EQ(world.client.send(confirmation(redirect_of(order), "0000")).status, 400);
    EXPECT_EQ(buyer.status(id), "PENDING_PAYMENT");
  }
  world.client.send(confirmation(redirect_of(order), "0000"));
  EXPECT_TRUE(eventually([&] { return buyer.view(id)["payment"]["status"].text() == "DECLINED"; }));
  EXPECT_EQ(buyer.status(id), "PENDING_PAYMENT");
  // Too late for the right one.
  world.client.send(confirmation(redirect_of(order)));
  EXPECT_EQ(world.available(goods), 0);
  EXPECT_EQ(buyer.cancel(id).text("status"), "CANCELLED");
  EXPECT_TRUE(eventually([&] { return world.available(goods) == 1; }));
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

TEST(Payment, ACardWithoutAPageAndAOneStagePaymentBothPay) {
  World world;
  auto buyer = world.buyer();
  const auto& goods = world.plenty();
  auto at_once = world.order(buyer, {.sku_id = goods.sku_id, .method = card("tok_ok")});
  auto one_stage = world.order(buyer, {.sku_id = goods.sku_id, .method = sbp()});
  EXPECT_EQ(one_stage["payment"]["status"].text(), "REQUIRES_ACTION");
  EXPECT_EQ(world.client.send(confirmation(redirect_of(one_stage))).status, 303);
  std::vector<std::string> orders = {at_once.text("order_id"), one_stage.text("order_id")};
  for (const auto& order : orders) EXPECT_EQ(buyer.wait_for(order, {"PAID"}).text("status"), "PAID");
  world.expect_money_follows(buyer, orders);
  world.expect_consistent();
}

// The bank takes the money and never answers; its webhook brings the result.
TEST(Payment, MoneyThatWasTakenWithoutAnAnswerIsFound) {
  World world({"payments.bank_patience_ms=400", "sandbox.timeout_hold_ms=600"});
  auto buyer = world.buyer();
  auto order = world.order(buyer, {.sku_id = world.plenty().sku_id, .method = card("tok_timeout")});
  auto id = order.text("order_id");
  EXPECT_EQ(buyer.wait_for(id, {"PAID"}).text("status"), "PAID");
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

TEST(Payment, ACancelBeforeThePaymentFreesTheGoodsAndClosesTheBanksPage) {
  World world;
  auto buyer = world.buyer();
  const auto& goods = world.only(1);
  auto order = world.order(buyer, {.sku_id = goods.sku_id});
  auto id = order.text("order_id");
  EXPECT_EQ(world.available(goods), 0);
  auto cancelled = buyer.cancel(id);
  EXPECT_EQ(cancelled.status, 200) << cancelled.body;
  EXPECT_EQ(cancelled.text("status"), "CANCELLED");
  EXPECT_TRUE(eventually([&] { return world.available(goods) == 1; }));
  world.expect_money_follows(buyer, {id});
  // A buyer whose bank page is still open is not charged, or gets the money back.
  world.client.send(confirmation(redirect_of(order)));
  world.expect_money_follows(buyer, {id});
  // Cancelling again is harmless.
  EXPECT_EQ(buyer.cancel(id).status, 200);
  world.expect_consistent();
}

TEST(Payment, ACancelAfterThePaymentGivesTheMoneyBack) {
  World world;
  auto buyer = world.buyer();
  const auto& goods = world.only(1);
  auto id = world.order(buyer, {.sku_id = goods.sku_id, .method = card("tok_ok")}).text("order_id");
  ASSERT_EQ(buyer.wait_for(id, {"PAID"}).text("status"), "PAID");
  auto answer = buyer.cancel(id);
  EXPECT_TRUE(answer.status == 200 || answer.status == 202) << answer.body;
  auto view = buyer.wait_for(id, {"REFUNDED"});
  EXPECT_EQ(history_of(view), "PENDING_PAYMENT PAID CANCELLED REFUNDED");
  EXPECT_EQ(view["payment"]["status"].text(), "REFUNDED");
  EXPECT_TRUE(eventually([&] { return world.available(goods) == 1; }));
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

TEST(Payment, AnOrderThatIsBeingPickedCanBeCancelledAndAPackedOneCannot) {
  World world;
  auto buyer = world.buyer();
  auto worker = world.staff("warehouse");
  const auto& goods = world.plenty();
  std::vector<std::string> orders;
  for (int i = 0; i < 2; ++i) {
    auto order = world.order(buyer, {.sku_id = goods.sku_id, .quantity = 2, .method = card("tok_ok")});
    orders.push_back(order.text("order_id"));
    worker.pick(orders.back());
    EXPECT_EQ(buyer.wait_for(orders.back(), {"ASSEMBLING"}).text("status"), "ASSEMBLING");
  }
  auto picked = buyer.cancel(orders[0]);
  EXPECT_TRUE(picked.status == 200 || picked.status == 202) << picked.body;
  EXPECT_EQ(buyer.wait_for(orders[0], {"REFUNDED"}).text("status"), "REFUNDED");
  worker.pack(orders[1]);
  EXPECT_EQ(buyer.wait_for(orders[1], {"READY_TO_SHIP"}).text("status"), "READY_TO_SHIP");
  auto packed = buyer.cancel(orders[1]);
  EXPECT_EQ(packed.status, 409);
  EXPECT_EQ(packed.code(), "order_packed");
  world.expect_money_follows(buyer, orders);
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
