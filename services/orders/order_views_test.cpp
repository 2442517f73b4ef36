// Who may see an order, and what a list shows.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class Seeing : public OrdersFixture {};

TEST_F(Seeing, AnOrderOfSomebodyElseIsNotThere) {  // I25
  auto order = create_with(Pay::requires_action);
  EXPECT_EQ(failure_of(orders.get(buyer("usr_2"), {order})).code, ErrorCode::not_found);
  EXPECT_EQ(failure_of(orders.cancel(buyer("usr_2"), {order, "", ""})).code, ErrorCode::not_found);
  EXPECT_EQ(failure_of(orders.get(database.call, {order})).code, ErrorCode::not_found);
  auto staff = database.call;
  staff.caller = {CallerKind::staff, "usr_staff", {"warehouse"}, ""};
  EXPECT_EQ(failure_of(orders.get(staff, {order})).code, ErrorCode::not_found);
  staff.caller.roles = {"support"};
  EXPECT_EQ(run_sync(orders.get(staff, {order})).order_id, order);
  EXPECT_EQ(failure_of(orders.get(buyer(), {OrderId("ord_none")})).code, ErrorCode::not_found);
  EXPECT_EQ(status(order), pending_payment);
}

TEST_F(Seeing, AListIsOfOnesOwnNewestFirst) {  // I25
  std::vector<OrderId> made;
  for (int i = 0; i < 5; ++i) {
    made.push_back(create_with(Pay::requires_action, i % 2 + 1));
    database.clock.advance(seconds(1));
  }
  auto page = run_sync(orders.list(buyer(), {UserId("usr_1"), 2, 2}));
  EXPECT_EQ(page.total, 5);
  ASSERT_EQ(page.items.size(), 2u);
  EXPECT_EQ(page.items[0].order_id, made[2]);
  EXPECT_EQ(page.items[1].order_id, made[1]);
  EXPECT_EQ(page.items[1].item_count, 2);
  EXPECT_EQ(page.items[1].total, (Money{2 * 199'900, "RUB"}));
  EXPECT_EQ(failure_of(orders.list(buyer("usr_2"), {UserId("usr_1"), 1, 2})).code, ErrorCode::forbidden);
  EXPECT_TRUE(run_sync(orders.list(buyer("usr_2"), {UserId("usr_2"), 1, 2})).items.empty());
}

TEST_F(Seeing, AListShowsTheGoodsOfEachOrder) {
  catalog.skus[shoe].image = "/media/shoe.svg";
  payments.next_status = Pay::requires_action;
  auto both = create(request("a", 2, 1)).order->order_id;
  database.clock.advance(seconds(1));
  auto socks = create(request("b", 0, 3)).order->order_id;
  auto page = run_sync(orders.list(buyer(), {UserId("usr_1"), 1, 10}));
  ASSERT_EQ(page.items.size(), 2u);
  EXPECT_EQ(page.items[0].order_id, socks);
  EXPECT_EQ(page.items[0].item_count, 3);
  ASSERT_EQ(page.items[0].goods.size(), 1u);
  EXPECT_EQ(page.items[0].expires_at, page.items[0].created_at + minutes(15));
  EXPECT_EQ(page.items[1].order_id, both);
  EXPECT_EQ(page.items[1].item_count, 3);
  ASSERT_EQ(page.items[1].goods.size(), 2u);
  EXPECT_EQ(page.items[1].goods[0],
            (GoodsSummary{ProductId("prd_sku_shoe"), "Title of sku_shoe", "/media/shoe.svg", 2}));
  EXPECT_EQ(page.items[1].goods[1].quantity, 1);
}

}  // namespace
}  // namespace bramble::orders
