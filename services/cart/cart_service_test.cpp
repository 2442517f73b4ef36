#include "services/cart/cart_service.h"

#include <set>

#include "engines/memory_cache/memory_cache.h"
#include "testing/fakes/fake_catalog.h"
#include "testing/fakes/fake_inventory.h"
#include "testing/service/service_database.h"

namespace bramble::cart {
namespace {

class Carts : public testing::Test {
 public:
  Carts() {
    for (const char* sku : {"sku_a", "sku_b", "sku_c"}) {
      catalog.put(sku, 1'000);
      inventory.available[SkuId(sku)] = 5;
    }
  }
  CartView put(const std::string& sku, std::int64_t quantity, const std::string& owner = "usr_1") {
    database.clock.advance(milliseconds(1));
    return run_sync(carts().put_item(database.call, {owner, SkuId(sku), quantity}));
  }
  Error put_failure(const std::string& owner, const std::string& sku, std::int64_t quantity) {
    return failure_of(carts().put_item(database.call, {owner, SkuId(sku), quantity}));
  }
  CartView get(const std::string& owner = "usr_1") { return run_sync(carts().get(database.call, {owner})); }
  CartView merge(const std::string& from, const std::string& into) {
    return run_sync(carts().merge(database.call, {from, into}));
  }
  void remove_ordered(const std::string& order, std::vector<Quantity> lines) {
    run_sync(carts().remove_ordered(database.call, {"usr_1", OrderId(order), std::move(lines)}));
  }
  // As "sku quantity", in order.
  std::vector<std::string> lines(const CartView& view) {
    std::vector<std::string> found;
    for (const auto& line : view.items)
      found.push_back(line.sku_id.text() + " " + std::to_string(line.quantity));
    return found;
  }
  CartService& carts() { return *service; }
  // As after a restart: another process on the same journal.
  void restart() {
    service.reset();
    cache = std::make_unique<MemoryCache>(*database, database.clock);
    service = std::make_unique<CartService>(*cache, catalog, inventory, database.clock, CartSettings{});
  }

  using Lines = std::vector<std::string>;
  ServiceDatabase database{{}};
  FakeCatalog catalog;
  FakeInventory inventory;
  std::unique_ptr<MemoryCache> cache = std::make_unique<MemoryCache>(*database, database.clock);
  std::unique_ptr<CartService> service =
      std::make_unique<CartService>(*cache, catalog, inventory, database.clock, CartSettings{});
};

TEST_F(Carts, ShowThePricesAndTheStockOfTheMoment) {
  put("sku_a", 2);
  auto view = put("sku_b", 3);
  EXPECT_EQ(lines(view), (Lines{"sku_a 2", "sku_b 3"}));
  EXPECT_EQ(view.items.front().line_total, (Money{2'000, "RUB"}));
  EXPECT_EQ(view.items.front().title, "Title of sku_a");
  EXPECT_EQ(view.items.front().available, 5);
  EXPECT_EQ(view.totals.items, (Money{5'000, "RUB"}));
  EXPECT_EQ(view.totals.total, view.totals.items);
  EXPECT_EQ(view.count, 5);
  catalog.put("sku_a", 3'000);
  inventory.available[SkuId("sku_a")] = 1'000;
  EXPECT_EQ(get().totals.total, (Money{9'000, "RUB"}));
  EXPECT_EQ(get().items.front().available, 99);
}

TEST_F(Carts, TellWhatHasAnotherPriceThanWhenItWasPutIn) {
  put("sku_a", 1);
  EXPECT_FALSE(put("sku_b", 1).items[0].price_before.has_value());
  catalog.put("sku_a", 1'500);
  auto view = get();
  EXPECT_EQ(view.items[0].price_before, (Money{1'000, "RUB"}));
  EXPECT_EQ(view.items[0].price, (Money{1'500, "RUB"}));
  EXPECT_FALSE(view.items[1].price_before.has_value());
  // Whoever sets the quantity has seen the new price.
  EXPECT_FALSE(put("sku_a", 2).items[0].price_before.has_value());
}

TEST_F(Carts, LinesKeepTheirPlaceWhenTheirQuantityChanges) {
  put("sku_b", 1);
  put("sku_a", 1);
  put("sku_c", 1);
  EXPECT_EQ(lines(put("sku_b", 4)), (Lines{"sku_b 4", "sku_a 1", "sku_c 1"}));
  EXPECT_EQ(lines(put("sku_b", 0)), (Lines{"sku_a 1", "sku_c 1"}));
  EXPECT_EQ(lines(put("sku_b", 1)), (Lines{"sku_a 1", "sku_c 1", "sku_b 1"}));
}

TEST_F(Carts, TakingOutWhatIsNotInIsHarmless) {
  EXPECT_TRUE(put("sku_a", 0).items.empty());
  EXPECT_TRUE(put("sku_gone", 0).items.empty());
}

TEST_F(Carts, AreBounded) {
  EXPECT_EQ(put_failure("usr_1", "sku_a", 100).code, ErrorCode::invalid);
  EXPECT_EQ(put_failure("usr_1", "sku_a", -1).code, ErrorCode::invalid);
  EXPECT_EQ(put_failure("usr_1", "sku_gone", 1).code, ErrorCode::not_found);
  EXPECT_EQ(put_failure("", "sku_a", 1).code, ErrorCode::invalid);
  EXPECT_EQ(put_failure(std::string(101, 'x'), "sku_a", 1).code, ErrorCode::invalid);
  EXPECT_NO_THROW(put("sku_a", 99));
}

TEST_F(Carts, HoldAHundredGoodsAndNoMore) {
  for (int i = 0; i < 100; ++i) {
    auto sku = "sku_n" + std::to_string(i);
    catalog.put(sku, 10);
    put(sku, 1);
  }
  EXPECT_EQ(put_failure("usr_1", "sku_a", 1).reason, "cart_full");
  EXPECT_EQ(put("sku_n7", 5).count, 104);
  put("sku_n8", 0);
  EXPECT_NO_THROW(put("sku_a", 1));
}

TEST_F(Carts, HoldAsManyUnitsAsAnOrderMayHaveAndSayHowManyMoreThereMayBe) {
  put("sku_a", 99);
  put("sku_b", 99);
  auto failure = put_failure("usr_1", "sku_c", 3);
  EXPECT_EQ(failure.code, ErrorCode::conflict);
  EXPECT_EQ(failure.reason, "cart_units");
  ASSERT_EQ(failure.fields.size(), 1u);
  EXPECT_EQ(failure.fields[0], (FieldError{"quantity", "too_large", "at most 2 of this SKU now"}));
  auto full = put("sku_c", 2);
  EXPECT_EQ(full.count, 200);
  EXPECT_EQ(full.items[0].most, 99);
  EXPECT_EQ(full.items[2].most, 2);
  EXPECT_EQ(put_failure("usr_1", "sku_c", 3).reason, "cart_units");
  EXPECT_EQ(put("sku_a", 98).count, 199);
  EXPECT_EQ(put("sku_c", 3).count, 200);
}

TEST_F(Carts, AMergeSaysWhatItHadNoRoomForUntilTheCartIsChanged) {
  put("sku_a", 99);
  put("sku_b", 90);
  put("sku_b", 95, "token");
  put("sku_c", 20, "token");
  auto view = merge("token", "usr_1");
  EXPECT_EQ(lines(view), (Lines{"sku_a 99", "sku_b 95", "sku_c 6"}));
  ASSERT_EQ(view.left_out.size(), 1u);
  EXPECT_EQ(view.left_out[0].sku_id, SkuId("sku_c"));
  EXPECT_EQ(view.left_out[0].title, "Title of sku_c");
  EXPECT_EQ(view.left_out[0].quantity, 14);
  // Whoever repeats the merge, or looks again, is told, too.
  EXPECT_EQ(merge("token", "usr_1"), view);
  EXPECT_EQ(get(), view);
  EXPECT_TRUE(put("sku_c", 1).left_out.empty());
  EXPECT_TRUE(get().left_out.empty());
}

TEST_F(Carts, AMergeLeavesOutGoodsBeyondAHundredAndNamesThem) {
  for (int i = 0; i < 100; ++i) {
    auto sku = "sku_n" + std::to_string(i);
    catalog.put(sku, 10);
    put(sku, 1);
  }
  put("sku_a", 2, "token");
  put("sku_n1", 3, "token");
  auto view = merge("token", "usr_1");
  EXPECT_EQ(view.count, 102);
  ASSERT_EQ(view.left_out.size(), 1u);
  EXPECT_EQ(view.left_out[0].quantity, 2);
  remove_ordered("ord_1", {{SkuId("sku_n0"), 1}});
  EXPECT_TRUE(get().left_out.empty());
}

TEST_F(Carts, CountTheirUnitsAndNameThem) {
  put("sku_a", 2);
  put("sku_b", 3);
  auto reply = run_sync(carts().count(database.call, {"usr_1"}));
  EXPECT_EQ(reply.count, 5);
  ASSERT_EQ(reply.lines.size(), 2u);
  EXPECT_EQ(reply.lines[1], (Quantity{SkuId("sku_b"), 3}));
}

TEST_F(Carts, TheMarkOfAnOrderIsNotAGood) {
  for (int i = 0; i < 100; ++i) {
    auto sku = "sku_n" + std::to_string(i);
    catalog.put(sku, 10);
    put(sku, 1);
  }
  remove_ordered("ord_1", {{SkuId("sku_n0"), 1}});
  EXPECT_NO_THROW(put("sku_a", 1));
  EXPECT_EQ(put_failure("usr_1", "sku_b", 1).reason, "cart_full");
}

TEST_F(Carts, ACardThatIsGoneIsNotShownAndComesBackWithIt) {
  put("sku_a", 2);
  put("sku_b", 1);
  auto kept = catalog.skus[SkuId("sku_a")];
  catalog.skus.erase(SkuId("sku_a"));
  EXPECT_EQ(lines(get()), (Lines{"sku_b 1"}));
  EXPECT_EQ(get().totals.total, (Money{1'000, "RUB"}));
  catalog.skus[SkuId("sku_a")] = kept;
  EXPECT_EQ(lines(get()), (Lines{"sku_a 2", "sku_b 1"}));
}

TEST_F(Carts, SigningInMergesOnce) {
  put("sku_a", 3, "token");
  put("sku_b", 1, "token");
  put("sku_a", 1);
  put("sku_c", 2);
  auto first = merge("token", "usr_1");
  EXPECT_EQ(first.count, 6);
  EXPECT_TRUE(get("token").items.empty());
  EXPECT_EQ(merge("token", "usr_1"), first);
  // A cart that is merged into itself stays.
  EXPECT_EQ(merge("usr_1", "usr_1"), first);
  EXPECT_EQ(get(), first);
}

TEST_F(Carts, AnOrderTakesItsLinesOutOnce) {
  put("sku_a", 5);
  put("sku_b", 2);
  put("sku_c", 1);
  remove_ordered("ord_1", {{SkuId("sku_a"), 2}, {SkuId("sku_b"), 2}, {SkuId("sku_gone"), 1}});
  EXPECT_EQ(lines(get()), (Lines{"sku_a 3", "sku_c 1"}));
  remove_ordered("ord_1", {{SkuId("sku_a"), 2}, {SkuId("sku_b"), 2}});
  EXPECT_EQ(lines(get()), (Lines{"sku_a 3", "sku_c 1"}));
  remove_ordered("ord_2", {{SkuId("sku_a"), 9}});
  EXPECT_EQ(lines(get()), (Lines{"sku_c 1"}));
}

TEST_F(Carts, OrdersAtOnceEachTakeTheirLinesOut) {
  put("sku_a", 10);
  std::vector<Task<void>> orders;
  for (int i = 0; i < 5; ++i) {
    orders.push_back([](Carts& own, int number) -> Task<void> {
      RemoveOrderedRequest taken{"usr_1", OrderId("ord_" + std::to_string(number)), {{SkuId("sku_a"), 1}}};
      co_await own.carts().remove_ordered(own.database.call, taken);
    }(*this, i));
  }
  run_sync(all(std::move(orders)));
  EXPECT_EQ(lines(get()), (Lines{"sku_a 5"}));
}

TEST_F(Carts, AGuestsCartGoesToOneOfTwoWhoSignIn) {
  put("sku_a", 3, "crt_guest");
  std::vector<Task<void>> people;
  for (const char* who : {"usr_1", "usr_2"}) {
    people.push_back([](Carts& own, std::string into) -> Task<void> {
      co_await own.carts().merge(own.database.call, {"crt_guest", into});
    }(*this, who));
  }
  run_sync(all(std::move(people)));
  EXPECT_EQ(get("usr_1").count + get("usr_2").count, 3);
}

TEST_F(Carts, HaveAVersionThatNamesWhatIsShown) {
  auto first = put("sku_a", 2);
  EXPECT_EQ(get().version, first.version);
  std::set<std::string> versions{first.version, put("sku_a", 3).version, put("sku_b", 1).version};
  catalog.put("sku_a", 1'500);
  versions.insert(get().version);
  EXPECT_EQ(versions.size(), 4u);
  // Stock is not of the cart; and the same goods put in another time are another cart.
  inventory.available[SkuId("sku_a")] = 1;
  EXPECT_TRUE(versions.contains(get().version));
  remove_ordered("ord_1", {{SkuId("sku_a"), 3}, {SkuId("sku_b"), 1}});
  put("sku_a", 3);
  put("sku_b", 1);
  EXPECT_FALSE(versions.contains(get().version));
}

TEST_F(Carts, WhatAnOrderLeavesOfALineIsALineOfItsOwn) {
  auto before = put("sku_a", 3).items[0].added_at;
  EXPECT_EQ(put("sku_a", 5).items[0].added_at, before);
  remove_ordered("ord_1", {{SkuId("sku_a"), 3}});
  EXPECT_NE(get().items[0].added_at, before);
}

TEST_F(Carts, AnOrderRepeatedAfterTheNextOneTakesNothing) {
  put("sku_a", 5);
  remove_ordered("ord_1", {{SkuId("sku_a"), 1}});
  remove_ordered("ord_2", {{SkuId("sku_a"), 1}});
  remove_ordered("ord_1", {{SkuId("sku_a"), 1}});
  EXPECT_EQ(lines(get()), (Lines{"sku_a 3"}));
}

TEST_F(Carts, AnOrderRepeatedAfterItEmptiedTheCartTakesNothing) {
  put("sku_a", 1);
  remove_ordered("ord_1", {{SkuId("sku_a"), 1}});
  put("sku_a", 1);
  remove_ordered("ord_1", {{SkuId("sku_a"), 1}});
  EXPECT_EQ(lines(get()), (Lines{"sku_a 1"}));
}

TEST_F(Carts, SurviveARestartAndEndAfterAWeek) {
  put("sku_a", 2);
  restart();
  EXPECT_EQ(lines(get()), (Lines{"sku_a 2"}));
  database.clock.advance(days(6));
  put("sku_b", 1);
  database.clock.advance(days(6));
  EXPECT_EQ(get().items.size(), 2u);
  database.clock.advance(days(1));
  EXPECT_TRUE(get().items.empty());
}

TEST_F(Carts, AreClearedAtOnce) {
  put("sku_a", 2);
  put("sku_a", 2, "usr_2");
  run_sync(carts().clear(database.call, {"usr_1"}));
  EXPECT_TRUE(get().items.empty());
  EXPECT_EQ(get("usr_2").count, 2);
}

TEST_F(Carts, WithoutAnOwnerGoSoonUnlessSomebodyComesBack) {
  put("sku_a", 1, "crt_left");
  put("sku_a", 1, "crt_kept");
  put("sku_b", 1, "crt_kept");
  put("sku_a", 1, "usr_1");
  database.clock.advance(minutes(2));
  run_sync(carts().count(database.call, {"crt_kept"}));
  database.clock.advance(hours(3));
  EXPECT_EQ(lines(get("crt_left")), Lines{});
  EXPECT_EQ(lines(get("crt_kept")), (Lines{"sku_a 1", "sku_b 1"}));
  EXPECT_EQ(lines(get("usr_1")), (Lines{"sku_a 1"}));
  database.clock.advance(days(6));
  EXPECT_EQ(lines(get("crt_kept")), (Lines{"sku_a 1", "sku_b 1"}));
}

TEST_F(Carts, FilledAtOnceAreNotComeBackTo) {
  for (const char* sku : {"sku_a", "sku_b", "sku_c"}) put(sku, 1, "crt_bot");
  get("crt_bot");
  database.clock.advance(hours(3));
  EXPECT_EQ(lines(get("crt_bot")), Lines{});
}

TEST_F(Carts, BegunFromOneNetworkAreLimitedAndThoseThatAreThereGoOn) {
  std::string from = "203.0.113.7";
  auto begin = [&](const std::string& owner) {
    return carts().put_item(database.call, {owner, SkuId("sku_a"), 1, from});
  };
  for (int i = 0; i < 60; ++i) run_sync(begin("crt_" + std::to_string(i)));
  auto refused = failure_of(begin("crt_more"));
  EXPECT_EQ(refused.reason, "too_many_carts");
  EXPECT_EQ(refused.fields.at(0), (FieldError{"network", "wait_s", "11"}));
  EXPECT_NO_THROW(run_sync(begin("crt_1")));
  EXPECT_NO_THROW(run_sync(begin("usr_1")));
  EXPECT_NO_THROW(run_sync(carts().put_item(database.call, {"crt_none", SkuId("sku_a"), 0, from})));
  from = "203.0.113.8";
  EXPECT_NO_THROW(run_sync(begin("crt_another")));
  EXPECT_EQ(lines(get("crt_more")), Lines{});
}

TEST_F(Carts, ThatWereEmptiedOrNeverFilledAreNotKept) {
  get("crt_looked");
  put("sku_a", 0, "crt_nothing");
  put("sku_a", 1, "crt_emptied");
  put("sku_a", 0, "crt_emptied");
  EXPECT_EQ(cache->size(), 0u);
}

}  // namespace
}  // namespace bramble::cart
