#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

class OrderSearching : public OrdersFixture {
 public:
  Call staff(const std::string& role = "support") {
    auto call = database.call;
    call.caller = {CallerKind::staff, "usr_staff", {role}, ""};
    return call;
  }
  // Ids sort by the millisecond of their creation.
  OrderId order_at_its_own_time(Pay status = Pay::requires_action) {
    database.clock.advance(milliseconds(10));
    return create_with(status);
  }
  SearchReply search(SearchRequest request, std::int64_t limit = 10) {
    request.limit = limit;
    return run_sync(orders.search(staff(), std::move(request)));
  }
  SearchReply unfinished(Duration age, std::optional<OrderId> after = std::nullopt, std::int64_t limit = 10) {
    return run_sync(orders.list_unfinished(staff(), {database.clock.now() - age, after, limit}));
  }
  static std::vector<OrderId> ids(const SearchReply& reply) {
    std::vector<OrderId> found;
    for (const auto& order : reply.items) found.push_back(order.order_id);
    return found;
  }
};

TEST_F(OrderSearching, TheNewestComeFirstPageByPage) {
  std::vector<OrderId> made;
  for (int i = 0; i < 5; ++i) made.insert(made.begin(), order_at_its_own_time());
  auto first = search({}, 2);
  EXPECT_EQ(ids(first), (std::vector<OrderId>{made[0], made[1]}));
  ASSERT_TRUE(first.next);
  SearchRequest rest;
  rest.before = first.next;
  auto second = search(rest, 10);
  EXPECT_EQ(ids(second), (std::vector<OrderId>{made[2], made[3], made[4]}));
  EXPECT_FALSE(second.next);
}

TEST_F(OrderSearching, StatusSkuAndTimeNarrowIt) {
  auto waits = order_at_its_own_time();
  database.clock.advance(minutes(5));
  auto given_up = order_at_its_own_time();
  cancel(given_up);
  SearchRequest by_status;
  by_status.status = OrderStatus::cancelled;
  EXPECT_EQ(ids(search(by_status)), std::vector<OrderId>{given_up});
  SearchRequest by_sku;
  by_sku.sku_id = shoe;
  EXPECT_EQ(search(by_sku).items.size(), 2u);
  by_sku.sku_id = sock;
  EXPECT_TRUE(search(by_sku).items.empty());
  SearchRequest by_time;
  by_time.until = database.clock.now() - minutes(1);
  EXPECT_EQ(ids(search(by_time)), std::vector<OrderId>{waits});
  SearchRequest later;
  later.since = database.clock.now() - minutes(1);
  EXPECT_EQ(ids(search(later)), std::vector<OrderId>{given_up});
  later.until = Time{0};
  EXPECT_TRUE(search(later).items.empty());
}

TEST_F(OrderSearching, AUsersOrdersAreFoundWithTheirPages) {
  auto first = order_at_its_own_time();
  auto second = order_at_its_own_time();
  SearchRequest by_user;
  by_user.user_id = UserId("usr_1");
  auto page = search(by_user, 1);
  EXPECT_EQ(ids(page), std::vector<OrderId>{second});
  by_user.before = page.next;
  EXPECT_EQ(ids(search(by_user, 1)), std::vector<OrderId>{first});
  by_user.user_id = UserId("usr_2");
  by_user.before = std::nullopt;
  EXPECT_TRUE(search(by_user).items.empty());
}

TEST_F(OrderSearching, WhatSomethingHasToMoveOnIsUnfinishedTheOldestFirst) {
  auto unpaid = order_at_its_own_time();
  database.clock.advance(milliseconds(10));
  auto paid = create_paid();
  auto owes = create_paid();
  cancel(owes);
  run_jobs();
  auto packed = create_paid();
  on_assembly_complete(packed);
  auto given_up = order_at_its_own_time();
  cancel(given_up);
  run_jobs();
  database.clock.advance(minutes(20));
  auto fresh = order_at_its_own_time();
  auto found = unfinished(minutes(15));
  EXPECT_EQ(ids(found), (std::vector<OrderId>{unpaid, paid, owes}));
  EXPECT_EQ(found.items[1].status, OrderStatus::paid);
  EXPECT_EQ(unfinished(minutes(0)).items.size(), 4u);
  give_back(owes);
  EXPECT_EQ(ids(unfinished(minutes(15))), (std::vector<OrderId>{unpaid, paid}));
  auto page = unfinished(minutes(15), std::nullopt, 1);
  EXPECT_EQ(ids(page), std::vector<OrderId>{unpaid});
  EXPECT_EQ(ids(unfinished(minutes(15), page.next, 1)), std::vector<OrderId>{paid});
  EXPECT_NE(fresh, given_up);
}

TEST_F(OrderSearching, AnOrderIsTooYoungToHangFromItsLastChange) {
  auto order = create_with(Pay::authorised);
  database.clock.advance(minutes(20));
  run_jobs();
  EXPECT_EQ(status(order), OrderStatus::paid);
  EXPECT_TRUE(unfinished(minutes(15)).items.empty());
  EXPECT_EQ(unfinished(minutes(0)).items.size(), 1u);
}

TEST_F(OrderSearching, AnInspectionHasUnitsHistoryAndTheTraceOfTheRequest) {
  auto call = buyer();
  call.trace = {0x1234, 0xabcd, 7};
  payments.next_status = Pay::requires_action;
  auto order = run_sync(orders.create(call, request("key", 2, 1))).order->order_id;
  auto details = run_sync(orders.get_order_details(staff("admin"), {order}));
  EXPECT_EQ(details.order.item_count, 3);
  ASSERT_EQ(details.units.size(), 3u);
  EXPECT_TRUE(details.units[0].site_id);
  ASSERT_EQ(details.history.size(), 1u);
  EXPECT_EQ(details.history[0].status, OrderStatus::pending_payment);
  EXPECT_EQ(details.order.changed_at, details.history[0].at);
  EXPECT_EQ(details.idempotency_key, "key");
  EXPECT_EQ(details.trace_id, "0000000000001234000000000000abcd");
  EXPECT_EQ(failure_of(orders.get_order_details(staff(), {OrderId("ord_none")})).code, ErrorCode::not_found);
}

TEST_F(OrderSearching, BuyersAndWorkersMayNotLook) {
  auto order = create_with(Pay::requires_action);
  EXPECT_EQ(failure_of(orders.get_order_details(buyer(), {order})).code, ErrorCode::forbidden);
  EXPECT_EQ(failure_of(orders.search(buyer(), {})).code, ErrorCode::forbidden);
  EXPECT_EQ(failure_of(orders.search(staff("warehouse"), {})).code, ErrorCode::forbidden);
  EXPECT_EQ(failure_of(orders.list_unfinished(buyer(), {})).code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace bramble::orders
