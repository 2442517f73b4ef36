#include "services/warehouse/warehouse_stand.h"

namespace bramble::warehouse {
namespace {

class WorkLooking : public WarehouseStand {
 public:
  WorkLooking() {
    receive("r-1", moscow, {{shoe, 5, "A-1"}, {sock, 3, "A-2"}});
    receive("r-2", tver, {{shoe, 2, "B-1"}});
  }
  Call support() {
    auto call = database.call;
    call.caller = {CallerKind::staff, "usr_support", {"support"}, ""};
    return call;
  }
  ListMovementsReply movements(ListMovementsRequest request) {
    return run_sync(warehouse.list_movements(support(), std::move(request)));
  }
  OrderWork work(const std::string& order) {
    return run_sync(warehouse.inspect_order(support(), {OrderId(order)}));
  }
};

TEST_F(WorkLooking, MovementsOfASkuAreShownTheNewestFirstPageByPage) {
  database.clock.advance(seconds(1));
  pay("ord_1", {{moscow, shoe, 2}});
  auto first = movements({shoe, std::nullopt, std::nullopt, 1});
  ASSERT_EQ(first.items.size(), 1u);
  EXPECT_EQ(first.items[0].kind, "reserved");
  EXPECT_EQ(first.items[0].quantity, 2);
  EXPECT_EQ(first.items[0].by_whom, "orders");
  ASSERT_TRUE(first.next);
  auto rest = movements({shoe, std::nullopt, first.next, 10});
  ASSERT_EQ(rest.items.size(), 2u);
  EXPECT_EQ(rest.items[0].kind, "received");
  EXPECT_FALSE(rest.next);
  auto at_tver = movements({shoe, tver, std::nullopt, 10});
  ASSERT_EQ(at_tver.items.size(), 1u);
  EXPECT_EQ(at_tver.items[0].document, "r-2");
}

TEST_F(WorkLooking, WithoutASkuAllOfASiteIsShown) {
  EXPECT_EQ(movements({std::nullopt, std::nullopt, std::nullopt, 10}).items.size(), 3u);
  EXPECT_EQ(movements({std::nullopt, moscow, std::nullopt, 10}).items.size(), 2u);
  EXPECT_TRUE(movements({std::nullopt, SiteId("site_none"), std::nullopt, 10}).items.empty());
}

TEST_F(WorkLooking, AnOrdersWorkHasTasksScansAndMovements) {
  EXPECT_FALSE(work("ord_1").known);
  pay("ord_1", {{moscow, shoe, 2}, {tver, shoe, 1}});
  auto task = task_at("ord_1", moscow);
  pick_all(task);
  auto found = work("ord_1");
  EXPECT_TRUE(found.known);
  ASSERT_EQ(found.tasks.size(), 2u);
  std::size_t scans = 0;
  for (const auto& one : found.tasks) scans += one.scans.size();
  EXPECT_EQ(scans, 1u);
  std::vector<std::string> kinds;
  for (const auto& movement : found.movements) kinds.push_back(movement.kind);
  std::sort(kinds.begin(), kinds.end());
  EXPECT_EQ(kinds, (std::vector<std::string>{"picked", "reserved", "reserved"}));
}

TEST_F(WorkLooking, AParcelLeadsToItsOrder) {
  pay("ord_1", {{moscow, sock, 1}});
  auto task = task_at("ord_1", moscow);
  pick_all(task);
  complete(task, "PKG-1");
  EXPECT_EQ(run_sync(warehouse.find_package(support(), {"PKG-1"})).order_id, OrderId("ord_1"));
  EXPECT_FALSE(run_sync(warehouse.find_package(support(), {"PKG-2"})).order_id);
}

TEST_F(WorkLooking, BuyersMayNotLook) {
  auto call = database.call;
  call.caller = {CallerKind::buyer, "usr_1", {}, ""};
  EXPECT_EQ(failure_of(warehouse.list_movements(call, {})).code, ErrorCode::forbidden);
  EXPECT_EQ(failure_of(warehouse.inspect_order(call, {OrderId("ord_1")})).code, ErrorCode::forbidden);
  EXPECT_EQ(failure_of(warehouse.find_package(call, {"PKG-1"})).code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace bramble::warehouse
