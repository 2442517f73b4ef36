#include "services/inventory/inventory_stand.h"

namespace bramble::inventory {
namespace {

class StockLooking : public InventoryStand {
 public:
  StockLooking() {
    grant(near, 1, 1, {{shoe, 5}, {sock, 2}});
    grant(far, 1, 1, {{shoe, 3}});
    grant(near, 1, 2, {{shoe, 4}});
  }
  std::vector<HoldRow> holds_of(const OrderId& order) {
    return run_sync(inventory.list_holds(database.call, {order, std::nullopt, false, 50})).items;
  }
  std::vector<HoldRow> open_holds(const SkuId& sku) {
    return run_sync(inventory.list_holds(database.call, {std::nullopt, sku, true, 50})).items;
  }
};

TEST_F(StockLooking, AnOrdersHoldsAreShownAttemptByAttempt) {
  reserve("ord_1", {{shoe, 2}});
  release("ord_1");
  reserve("ord_1", {{shoe, 1}}, 2);
  begin_payment("ord_1");
  auto holds = holds_of(OrderId("ord_1"));
  ASSERT_EQ(holds.size(), 2u);
  EXPECT_EQ(holds[0].state, HoldState::released);
  EXPECT_EQ(holds[1].state, HoldState::paying);
  EXPECT_EQ(holds[1].attempt, 2);
  EXPECT_EQ(holds[1].version, 2);
  EXPECT_EQ(holds[1].expires_at, holds[1].created_at + minutes(15));
  ASSERT_EQ(holds[1].placements.size(), 1u);
  EXPECT_EQ(holds[1].placements[0].site_id, near);
  EXPECT_TRUE(holds_of(OrderId("ord_2")).empty());
}

TEST_F(StockLooking, WhatHoldsASkuNowIsShownTheNewestFirst) {
  reserve("ord_1", {{shoe, 1}});
  reserve("ord_2", {{sock, 1}});
  reserve("ord_3", {{shoe, 2}, {sock, 1}});
  reserve("ord_4", {{shoe, 1}});
  release("ord_4");
  auto holds = open_holds(shoe);
  ASSERT_EQ(holds.size(), 2u);
  EXPECT_EQ(holds[0].order_id.text(), "ord_3");
  EXPECT_EQ(holds[0].placements.size(), 2u);
  EXPECT_EQ(holds[1].order_id.text(), "ord_1");
}

TEST_F(StockLooking, GrantsOfASkuAddUpToWhatIsGranted) {
  auto grants = run_sync(inventory.list_grants(database.call, {shoe, 50})).items;
  ASSERT_EQ(grants.size(), 3u);
  EXPECT_EQ(grants[0].seq, 2);
  EXPECT_EQ(grants[0].quantity, 4);
  std::int64_t sum = 0, granted = 0;
  for (const auto& row : grants) sum += row.quantity;
  for (const auto& row : stock(shoe)) granted += row.granted;
  EXPECT_EQ(sum, granted);
}

TEST_F(StockLooking, HoldsOfNothingInParticularAreNotListed) {
  EXPECT_EQ(failure_of(inventory.list_holds(database.call, {})).code, ErrorCode::invalid);
}

}  // namespace
}  // namespace bramble::inventory
