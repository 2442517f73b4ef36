#include "services/cart/cart_rules.h"

#include <gtest/gtest.h>

namespace bramble::cart {
namespace {

std::vector<std::string> shown(const CacheHash& hash) {
  std::vector<std::string> lines;
  for (const auto& entry : entries_of(hash))
    lines.push_back(entry.sku_id.text() + " " + std::to_string(entry.quantity));
  return lines;
}

CacheHash with(CacheHash hash, const CacheHash& changes) {
  for (const auto& [field, value] : changes) hash[field] = value;
  return hash;
}

using Lines = std::vector<std::string>;

TEST(Entries, ComeInTheOrderTheyWerePutIn) {
  EXPECT_EQ(shown({{"sku_a", "1|300"}, {"sku_b", "2|100"}, {"sku_c", "3|200"}}),
            (Lines{"sku_b 2", "sku_c 3", "sku_a 1"}));
}

TEST(Entries, AreWrittenAsTheyAreRead) {
  Entry entry{SkuId("sku_a"), 7, 1'790'000'000'000'000};
  auto back = entries_of({{"sku_a", value_of(entry)}});
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back.front().quantity, 7);
  EXPECT_EQ(back.front().added_us, 1'790'000'000'000'000);
}

TEST(Entries, KnowWhatTheyCostIfThatWasWrittenDown) {
  auto priced = entries_of({{"sku_a", value_of({SkuId("sku_a"), 2, 300, 199'900})}});
  EXPECT_EQ(priced.front().added_us, 300);
  EXPECT_EQ(priced.front().price_minor, 199'900);
  EXPECT_EQ(entries_of({{"sku_a", "2|300"}}).front().price_minor, 0);
}

TEST(Entries, AreOnlyWhatIsAGood) {
  EXPECT_TRUE(shown({{"taken_for", "ord_1"}, {"usr_1", "1|1"}, {"sku_a", "1"}, {"", "1|1"}}).empty());
}

TEST(Merging, KeepsTheLargerQuantityOfEach) {
  CacheHash from{{"sku_a", "3|50"}, {"sku_b", "1|60"}, {"sku_c", "2|70"}};
  CacheHash into{{"sku_a", "1|10"}, {"sku_b", "5|20"}};
  auto changes = merged(from, into).changes;
  EXPECT_EQ(shown(with(into, changes)), (Lines{"sku_b 5", "sku_a 3", "sku_c 2"}));
  EXPECT_FALSE(changes.contains("sku_b"));
}

TEST(Merging, AgainChangesNothing) {
  CacheHash from{{"sku_a", "3|50"}, {"sku_b", "1|60"}};
  CacheHash into{{"sku_a", "1|10"}};
  auto once = with(into, merged(from, into).changes);
  EXPECT_TRUE(merged(from, once).changes.empty());
  EXPECT_TRUE(merged({}, once).changes.empty());
}

TEST(Merging, NeverMakesACartLargerThanItMayBe) {
  CacheHash from;
  CacheHash into;
  for (int i = 0; i < 80; ++i) into["sku_into" + std::to_string(i)] = "1|" + std::to_string(i);
  for (int i = 0; i < 80; ++i) from["sku_from" + std::to_string(i)] = "1|" + std::to_string(i);
  from["sku_into3"] = "9|1";
  auto both = with(into, merged(from, into).changes);
  EXPECT_EQ(both.size(), most_skus);
  EXPECT_EQ(both["sku_into3"].substr(0, 2), "9|");
}

}  // namespace
}  // namespace bramble::cart
