#include "gateways/storefront/catalogue/category_tree.h"

#include <gtest/gtest.h>

namespace bramble::storefront {
namespace {

catalog::Category category(std::string id, std::string parent, std::int64_t cards, std::int64_t for_sale) {
  catalog::Category made;
  made.category_id = CategoryId(id);
  made.title = "Title of " + id;
  if (!parent.empty()) made.parent_id = CategoryId(parent);
  made.cards = cards;
  made.for_sale = for_sale;
  return made;
}

std::string ids(const std::vector<const catalog::Category*>& categories) {
  std::string text;
  for (const auto* each : categories) text += each->category_id.text() + " ";
  return text;
}

TEST(CategoryTreeTest, ThoseWithMostToBuyComeFirstAndLeftoversLast) {
  CategoryTree tree({category("cat_b", "", 5, 0), category("cat_a", "", 5, 0), category("cat_many", "", 9, 0),
                     category("cat_sold", "", 2, 2), category("cat_uncategorised", "", 99, 99),
                     category("cat_small", "cat_b", 1, 1), category("cat_large", "cat_b", 4, 3)});
  EXPECT_EQ(ids(tree.children("")), "cat_sold cat_many cat_a cat_b cat_uncategorised ");
  EXPECT_EQ(ids(tree.children("cat_b")), "cat_large cat_small ");
  EXPECT_EQ(ids(tree.children("cat_small")), "");
  EXPECT_EQ(ids(tree.path("cat_small")), "cat_b cat_small ");
}

TEST(CategoryTreeTest, ACategoryWhoseParentIsNotThereStandsAtTheTop) {
  CategoryTree tree({category("cat_orphan", "cat_gone", 1, 1)});
  EXPECT_EQ(ids(tree.children("")), "cat_orphan ");
  CategoryTree moved(std::move(tree));
  EXPECT_EQ(ids(moved.children("")), "cat_orphan ");
}

}  // namespace
}  // namespace bramble::storefront
