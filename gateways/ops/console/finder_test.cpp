#include "gateways/ops/console/finder.h"

#include <gtest/gtest.h>

#include "gateways/ops/console.json.h"
#include "testing/fakes/fake_catalog.h"
#include "testing/fakes/fake_orders.h"
#include "testing/fakes/fake_pickup.h"
#include "testing/fakes/fake_warehouse.h"
#include "testing/run.h"

namespace bramble::ops {
namespace {

class Finder : public testing::Test {
 public:
  Finder() {
    catalog.put("sku_1", 100, "4600000000001");
    catalog.put("sku_2", 100, "4600000000002");
    catalog.articles["BX-7"] = {SkuId("sku_1"), SkuId("sku_2")};
  }

  FoundPage look(std::string text, std::optional<FoundKind> kind = std::nullopt) {
    return run_sync(find({catalog, orders, pickup, warehouse}, {}, {std::move(text), kind}));
  }
  static std::vector<std::string> ids(const FoundPage& page) {
    std::vector<std::string> ids;
    for (const auto& thing : page.items) ids.push_back(thing.id);
    return ids;
  }
  // So many goods that the search finds, of which it gives the first.
  void stock(std::int64_t hits, std::int64_t total) {
    for (std::int64_t i = 0; i < hits; ++i)
      catalog.hits.items.emplace_back().sku_id = SkuId("sku_hit_" + std::to_string(i));
    catalog.hits.total = total;
  }

  FakeCatalog catalog;
  FakeOrders orders;
  FakePickup pickup;
  FakeWarehouse warehouse;
};

TEST_F(Finder, GoodsAreFoundByTheirArticleBarcodeAndSku) {
  stock(3, 3);
  EXPECT_EQ(ids(look("BX-7")), (std::vector<std::string>{"sku_1", "sku_2"}));
  EXPECT_EQ(ids(look("4600000000002")), std::vector<std::string>{"sku_2"});
  EXPECT_EQ(ids(look("sku_1")), std::vector<std::string>{"sku_1"});
}

TEST_F(Finder, GoodsAreFoundByTheLongestBarcodeThatACardMayHave) {
  std::string longest(255, '7');
  catalog.put("sku_3", 100, longest);
  EXPECT_EQ(ids(look(longest)), std::vector<std::string>{"sku_3"});
  EXPECT_EQ(from_json<FindQuery>("{\"q\": \"" + longest + "\"}").q, longest);
  std::string scanned = "0104600000000002215abc\x1D"
                        "93xyz";
  catalog.put("sku_4", 100, scanned);
  EXPECT_EQ(ids(look(scanned)), std::vector<std::string>{"sku_4"});
  EXPECT_EQ(from_json<FindQuery>("{\"q\": \"0104600000000002215abc\\u001D93xyz\"}").q, scanned);
}

TEST_F(Finder, OfEveryKindTheFirstAreShownAndAllAreCounted) {
  stock(100, 1234);
  for (int i = 0; i < 7; ++i) {
    auto& point = pickup.found.items.emplace_back();
    point.pickup_point_id = PickupPointId("pp_" + std::to_string(i));
  }
  auto page = look("site_1");
  EXPECT_EQ(page.items.size(), 11u);
  const std::vector<FoundCount> counts{{FoundKind::goods, 1234, false},
                                       {FoundKind::site, 1, false},
                                       {FoundKind::point, 7, false}};
  EXPECT_EQ(page.counts, counts);
}

TEST_F(Finder, OneKindIsShownAsFarAsItGoes) {
  stock(100, 1234);
  auto page = look("mug", FoundKind::goods);
  EXPECT_EQ(page.items.size(), 100u);
  EXPECT_EQ(page.counts, (std::vector<FoundCount>{{FoundKind::goods, 1234, false}}));
  EXPECT_TRUE(look("mug", FoundKind::site).items.empty());
}

TEST_F(Finder, OneOrderIsOneHoweverManyWaysLeadToIt) {
  for (int i = 0; i < 6; ++i)
    orders.found.items.emplace_back().order_id = OrderId(i < 2 ? "ord_a" : "ord_" + std::to_string(i));
  orders.found.next = OrderId("ord_next");
  auto page = look("XN31Q2", FoundKind::order);
  EXPECT_EQ(ids(page), (std::vector<std::string>{"ord_a", "ord_2", "ord_3", "ord_4", "ord_5"}));
  EXPECT_EQ(page.counts, (std::vector<FoundCount>{{FoundKind::order, 5, true}}));
}

}  // namespace
}  // namespace bramble::ops
