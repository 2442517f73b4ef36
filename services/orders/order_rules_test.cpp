#include "services/orders/order_rules.h"

#include <gtest/gtest.h>

#include <set>

namespace bramble::orders {
namespace {

using enum OrderStatus;

const std::vector<OrderStatus> all_statuses{new_,       pending_payment, paid,      assembling, ready_to_ship,
                                            in_transit, at_pickup_point, delivered, cancelled,  expired,
                                            refunded,   returned};

TEST(UnpaidLimits, ShrinkForWhoLetsOrdersLapseAndNeverToNothing) {
  struct Case {
    std::int64_t lapsed, orders, units;
  };
  for (const auto& [lapsed, orders, units] :
       {Case{0, 5, 300}, Case{1, 5, 300}, Case{2, 4, 240}, Case{5, 3, 180}, Case{7, 2, 120}, Case{8, 1, 20},
        Case{100, 1, 20}}) {
    auto limits = limits_after({5, 300}, lapsed);
    EXPECT_EQ(limits.orders, orders) << lapsed;
    EXPECT_EQ(limits.units, units) << lapsed;
  }
  EXPECT_EQ(limits_after({1, 10}, 100).units, 10);
}

TEST(Edges, AreTheDeclaredOnesAndNoOther) {  // I17
  const std::set<std::pair<OrderStatus, OrderStatus>> declared{
      {new_, pending_payment},      {new_, cancelled},
      {pending_payment, paid},      {pending_payment, expired},
      {pending_payment, cancelled}, {paid, assembling},
      {paid, ready_to_ship},        {paid, cancelled},
      {assembling, ready_to_ship},  {assembling, cancelled},
      {ready_to_ship, in_transit},  {in_transit, at_pickup_point},
      {at_pickup_point, delivered}, {at_pickup_point, returned},
      {delivered, returned},        {returned, refunded},
      {cancelled, refunded},        {expired, paid},
      {expired, refunded}};
  for (auto from : all_statuses) {
    for (auto to : all_statuses) {
      EXPECT_EQ(may_become(from, to), declared.contains({from, to}))
          << to_string(from) << " to " << to_string(to);
    }
  }
}

TEST(Edges, NothingIsPaidTwiceNorPaidAfterItWasGivenBack) {
  for (auto from :
       {paid, assembling, ready_to_ship, in_transit, at_pickup_point, delivered, cancelled, refunded}) {
    EXPECT_FALSE(may_become(from, paid)) << to_string(from);
  }
  for (auto to : all_statuses) EXPECT_FALSE(may_become(refunded, to)) << to_string(to);
}

TEST(Statuses, AreClosedOrCancellableOrNeither) {
  for (auto status : {cancelled, expired, refunded, returned, delivered}) {
    EXPECT_TRUE(is_closed(status));
    EXPECT_FALSE(is_cancellable(status));
  }
  for (auto status : {pending_payment, paid, assembling}) {
    EXPECT_FALSE(is_closed(status));
    EXPECT_TRUE(is_cancellable(status));
    EXPECT_TRUE(may_become(status, cancelled));
  }
  for (auto status : {ready_to_ship, in_transit, at_pickup_point}) {
    EXPECT_FALSE(is_closed(status));
    EXPECT_FALSE(is_cancellable(status));
    EXPECT_FALSE(may_become(status, cancelled));
  }
}

OrderLine unit(const std::string& sku, std::int64_t price_minor, OrderStatus status = paid) {
  Money price{price_minor, "RUB"};
  return {SkuId(sku), ProductId("prd_1"), "Title", {}, 1, price, price, status};
}

TEST(Lines, AreEqualUnitsTogether) {
  auto lines = lines_of({unit("sku_a", 100), unit("sku_b", 7), unit("sku_a", 100), unit("sku_a", 100)});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].sku_id.text(), "sku_a");
  EXPECT_EQ(lines[0].quantity, 3);
  EXPECT_EQ(lines[0].price, (Money{100, "RUB"}));
  EXPECT_EQ(lines[0].line_total, (Money{300, "RUB"}));
  EXPECT_EQ(lines[1].quantity, 1);
}

TEST(Lines, KeepPricesAndStatusesApart) {
  EXPECT_EQ(lines_of({unit("sku_a", 100), unit("sku_a", 90)}).size(), 2u);
  EXPECT_EQ(lines_of({unit("sku_a", 100), unit("sku_a", 100, cancelled)}).size(), 2u);
  EXPECT_TRUE(lines_of({}).empty());
}

}  // namespace
}  // namespace bramble::orders
