#include "services/catalog/card_cache.h"

#include <gtest/gtest.h>

#include "services/catalog/test_cards.h"

namespace bramble::catalog {
namespace {

CardPtr version(int number, std::int64_t version, std::string title = "a") {
  auto card = test_card(number);
  card.version = version;
  card.title = std::move(title);
  return std::make_shared<const Card>(std::move(card));
}

TEST(CardCache, ACardIsFoundByProductAndBySku) {
  CardCache cache(10, seconds(30));
  EXPECT_FALSE(cache.find(ProductId("prd_1"), Time{0}));
  auto card = version(1, 1);
  cache.loaded(card, Time{0});
  EXPECT_EQ(cache.find(ProductId("prd_1"), Time{0}), card);
  EXPECT_EQ(cache.find(SkuId("sku_1_42"), Time{0}), card);
  EXPECT_FALSE(cache.find(SkuId("sku_1_43"), Time{0}));
}

TEST(CardCache, AReadThatBeganBeforeAWriteCannotBringTheOldCardBack) {
  CardCache cache(10, seconds(30));
  cache.written(version(1, 2, "new"), Time{0});
  cache.loaded(version(1, 1, "old"), Time{0});
  EXPECT_EQ(cache.find(ProductId("prd_1"), Time{0})->title, "new");
  EXPECT_EQ(cache.find(SkuId("sku_1_41"), Time{0})->title, "new");
}

TEST(CardCache, AWriteIsSeenAtOnceUnderAllNames) {
  CardCache cache(10, seconds(30));
  cache.loaded(version(1, 1, "old"), Time{0});
  auto card = test_card(1);
  card.version = 2;
  card.title = "new";
  card.skus.push_back(card.skus[0]);
  card.skus.back().sku_id = SkuId("sku_1_43");
  cache.written(std::make_shared<const Card>(card), Time{0});
  EXPECT_EQ(cache.find(SkuId("sku_1_41"), Time{0})->title, "new");
  EXPECT_EQ(cache.find(SkuId("sku_1_43"), Time{0})->title, "new");
}

TEST(CardCache, NothingOldIsAnswered) {
  CardCache cache(10, seconds(30));
  cache.loaded(version(1, 1), Time{0});
  EXPECT_TRUE(cache.find(ProductId("prd_1"), Time{0} + seconds(29)));
  EXPECT_FALSE(cache.find(ProductId("prd_1"), Time{0} + seconds(30)));
  cache.loaded(version(1, 1), Time{0} + seconds(30));
  EXPECT_TRUE(cache.find(ProductId("prd_1"), Time{0} + seconds(59)));
}

TEST(CardCache, WhatIsUsedStaysWhenManyPass) {
  CardCache cache(100, seconds(30));
  auto used = version(0, 1);
  cache.loaded(used, Time{0});
  for (int i = 1; i <= 1'000; ++i) {
    cache.loaded(version(i, 1), Time{0});
    ASSERT_EQ(i % 2 ? cache.find(used->product_id, Time{0}) : cache.find(used->skus[0].sku_id, Time{0}),
              used);
    ASSERT_LE(cache.size(), 102u);
  }
  EXPECT_FALSE(cache.find(ProductId("prd_1"), Time{0}));
}

}  // namespace
}  // namespace bramble::catalog
