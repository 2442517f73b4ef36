#include "services/catalog/search_mapping.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "services/catalog/test_cards.h"

namespace bramble::catalog {
namespace {

CategoryTree shoes_tree() {
  auto below = [](const char* id, const char* title, const char* parent) {
    Category category{CategoryId(id), title};
    if (parent) category.parent_id = CategoryId(parent);
    return category;
  };
  return CategoryTree({below("cat_run", "Беговые", "cat_sneakers"),
                       below("cat_sneakers", "Кроссовки", "cat_shoes"), below("cat_shoes", "Обувь", nullptr),
                       below("cat_toys", "Игрушки", nullptr)});
}

std::string wrong_field(const SearchRequest& request) {
  try {
    query_of(request, shoes_tree());
    return "";
  } catch (const Error& error) {
    return error.fields.at(0).field + ": " + error.fields.at(0).detail;
  }
}

TEST(CategoryTree, KnowsWhatIsAboveAndBelow) {
  auto tree = shoes_tree();
  EXPECT_EQ(tree.with_descendants("cat_shoes"),
            (std::vector<std::string>{"cat_shoes", "cat_sneakers", "cat_run"}));
  EXPECT_EQ(tree.with_descendants("cat_unknown"), std::vector<std::string>{"cat_unknown"});
  std::vector<std::string> titles;
  for (const auto* category : tree.up("cat_run")) titles.push_back(category->title);
  EXPECT_EQ(titles, (std::vector<std::string>{"Беговые", "Кроссовки", "Обувь"}));
  EXPECT_TRUE(tree.up("cat_unknown").empty());
}

TEST(CategoryTree, RefusesCyclesAndUnknownParents) {
  Category one{CategoryId("cat_1"), "один", CategoryId("cat_2")};
  Category two{CategoryId("cat_2"), "два", CategoryId("cat_1")};
  EXPECT_THROW(CategoryTree({one, two}), Error);
  EXPECT_THROW(CategoryTree({one}), Error);
}

// A change of this list changes the index: increase the format, so that indexed cards are indexed again.
TEST(SearchMapping, WhatIsIndexedBelongsToTheFormat) {
  auto document = document_of(test_card(1), shoes_tree(), {}, 1);
  std::string names;
  for (const auto& [name, value] : document.terms) names += name + " ";
  for (const auto& [name, value] : document.numbers) names += name + " ";
  for (const auto& [name, value] : document.variants.front().numbers) names += "variant." + name + " ";
  for (const auto& text : document.texts) names += std::to_string(text.weight) + " ";
  EXPECT_EQ(
      names,
      "brand category created in_stock price rating rating_score variant.in_stock variant.price 10 6 1 1 1 "
      "4 4 4 ");
  EXPECT_EQ(index_format, 1);  // raise it with the names above
}

TEST(SearchMapping, ADocumentHasTheCardsWordsItsCategoriesAndItsLowestPrice) {
  auto card = test_card(1);
  card.skus[1].price = rub(100);
  auto document = document_of(card, shoes_tree(), {card.skus[1].sku_id}, 9);
  EXPECT_EQ(document.id, "prd_1");
  EXPECT_EQ(document.version, 9);
  std::vector<SearchText> texts{
      {card.title, 10, ""},         {"Nordvik", 6, ""}, {"чёрный", 1, ""},    {"Лёгкая подошва", 1, ""},
      {"46000141 46000142", 1, ""}, {"Беговые", 4, ""}, {"Кроссовки", 4, ""}, {"Обувь", 4, ""}};
  EXPECT_EQ(document.texts, texts);
  EXPECT_EQ(document.terms,
            (std::map<std::string, std::string>{{"brand", "Nordvik"}, {"category", "cat_run"}}));
  EXPECT_EQ(document.numbers["price"], 100);
  EXPECT_EQ(document.numbers["in_stock"], 1);
  EXPECT_EQ(document.numbers["rating_score"], (40 + 45) / 20.0);
}

TEST(SearchMapping, ADocumentHasTheWordsOfEachLanguage) {
  CategoryTree tree({{CategoryId("cat_run"), "Беговые", {}, {{"en", "Running"}}}});
  auto texts = document_of(bilingual_card(1), tree, {}, 9).texts;
  auto has = [&](SearchText text) { return std::find(texts.begin(), texts.end(), text) != texts.end(); };
  EXPECT_TRUE(has({"Кроссовки мужские беговые 1", 10, "ru"}));
  EXPECT_TRUE(has({"Men's running shoes 1", 10, "en"}));
  EXPECT_TRUE(has({"black", 1, "en"}));
  EXPECT_TRUE(has({"A light sole", 1, "en"}));
  EXPECT_TRUE(has({"Беговые", 4, "ru"}));
  EXPECT_TRUE(has({"Running", 4, "en"}));
  EXPECT_TRUE(has({"Nordvik", 6, ""}));
}

TEST(SearchMapping, ABarcodeIsOneWordHoweverItIsWritten) {
  auto card = test_card(1);
  card.skus[0].barcode = "036000291452";
  auto texts = document_of(card, shoes_tree(), {}, 1).texts;
  EXPECT_NE(std::find(texts.begin(), texts.end(), SearchText{"00036000291452 46000142", 1, ""}), texts.end());
  for (const char* typed : {"36000291452", "кроссовки 036000291452"})
    EXPECT_EQ(query_of({.q = typed}, shoes_tree()).text, typed);
  for (const char* typed : {"036000291452", " 0036000291452",
                            "0100036000291452"
                            "21A1"})
    EXPECT_EQ(query_of({.q = typed}, shoes_tree()).text, "00036000291452") << typed;
}

TEST(SearchMapping, ACategoryMeansAllBelowIt) {
  auto query =
      query_of({.q = "бег", .category = {"cat_shoes", "cat_toys"}, .brand = {"Nordvik"}}, shoes_tree());
  EXPECT_EQ(query.text, "бег");
  EXPECT_EQ(query.terms["category"],
            (std::vector<std::string>{"cat_shoes", "cat_sneakers", "cat_run", "cat_toys"}));
  EXPECT_EQ(query.terms["brand"], std::vector<std::string>{"Nordvik"});
}

TEST(SearchMapping, RangesAreTakenOnlyWhereAskedFor) {
  EXPECT_TRUE(query_of({}, shoes_tree()).numbers.empty());
  EXPECT_TRUE(query_of({.in_stock = false}, shoes_tree()).numbers.empty());
  auto query = query_of({.rating_min = 4.5, .in_stock = true}, shoes_tree());
  EXPECT_EQ(query.numbers["rating"].min, 4.5);
  EXPECT_EQ(query.numbers["in_stock"].min, 1);
  EXPECT_TRUE(query.variant_numbers.empty());
}

TEST(SearchMapping, PriceAndStockAreAskedOfOneAndTheSameSku) {
  auto query = query_of({.price_min = 100, .in_stock = true}, shoes_tree());
  EXPECT_EQ(query.variant_numbers["price"].min, 100);
  EXPECT_FALSE(query.variant_numbers["price"].max);
  EXPECT_EQ(query.variant_numbers["in_stock"].min, 1);
  EXPECT_TRUE(query.numbers.empty());
}

TEST(SearchMapping, TheSkusOfADocumentAreThoseInStockFirstAndTheCheaperFirst) {
  auto card = test_card(1);
  card.skus.push_back(card.skus[0]);
  card.skus[0].price = rub(300);
  card.skus[1].price = rub(100);
  card.skus[2].sku_id = SkuId("sku_1_43");
  card.skus[2].price = rub(200);
  auto document = document_of(card, shoes_tree(), {SkuId("sku_1_41"), SkuId("sku_1_43")}, 1);
  std::vector<std::string> ids;
  for (const auto& variant : document.variants) ids.push_back(variant.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"sku_1_43", "sku_1_41", "sku_1_42"}));
  EXPECT_EQ(document.variants[2].numbers, (std::map<std::string, double>{{"in_stock", 0}, {"price", 100}}));
  EXPECT_EQ(document.numbers["price"], 200);
  EXPECT_EQ(document_of(card, shoes_tree(), {}, 1).numbers["price"], 100);
}

TEST(SearchMapping, AFacetIsCountedWithoutWhatIsChosenOfIt) {
  auto query =
      query_of({.brand = {"Nordvik"}, .price_max = 100, .sort = "price_asc", .page = 3}, shoes_tree());
  EXPECT_FALSE(facet_query(query, "category"));
  auto wider = facet_query(query, "brand");
  ASSERT_TRUE(wider);
  EXPECT_TRUE(wider->terms.empty());
  EXPECT_EQ(wider->variant_numbers["price"].max, 100);
  EXPECT_EQ(wider->count_terms, std::vector<std::string>{"brand"});
  // The same search, and so the same known answer, whichever page of whichever order is asked for.
  EXPECT_EQ(wider->offset + wider->limit, 0u);
  EXPECT_TRUE(wider->sort_by.empty() && wider->span_numbers.empty());
  std::vector<FacetCount> counts = {{"Nordvik", 2}, {"Rare", 1}};
  widen_facet(counts, {{"Volga", 9}, {"Nordvik", 2}});
  std::vector<std::string> values;
  for (const auto& count : counts) values.push_back(count.value + " " + std::to_string(count.count));
  EXPECT_EQ(values, (std::vector<std::string>{"Volga 9", "Nordvik 2", "Rare 1"}));
}

TEST(SearchMapping, EachSortWordHasItsNumberAndDirection) {
  auto sorted = [](std::string word) {
    auto query = query_of({.sort = std::move(word)}, shoes_tree());
    return query.sort_by + (query.descending ? " down" : "");
  };
  EXPECT_EQ(sorted(""), "");
  EXPECT_EQ(sorted("relevance"), "");
  EXPECT_EQ(sorted("price_asc"), "price");
  EXPECT_EQ(sorted("price_desc"), "price down");
  EXPECT_EQ(sorted("rating"), "rating_score down");
  EXPECT_EQ(sorted("new"), "created down");
  EXPECT_EQ(wrong_field({.sort = "cheap"}), "sort: one of relevance, price_asc, price_desc, rating, new");
}

TEST(SearchMapping, PagesAreBounded) {
  auto query = query_of({.page = 3, .limit = 10}, shoes_tree());
  EXPECT_EQ(query.offset, 20u);
  EXPECT_EQ(query.limit, 10u);
  EXPECT_EQ(query_of({}, shoes_tree()).limit, 25u);
  EXPECT_EQ(wrong_field({.limit = 101}), "limit: 1 to 100");
  EXPECT_EQ(wrong_field({.page = INT64_MAX, .limit = 100}), "page: 1 to 100 with this limit");
  EXPECT_EQ(wrong_field({.page = -1}), "page: 1 to 400 with this limit");
}

TEST(SearchMapping, AnswersHaveCategoryTitlesAndTheCardsOwnPrices) {
  SearchResult result{.ids = {"prd_gone", "prd_1", "prd_1"}, .variants = {"", "sku_1_42", ""}, .total = 7};
  result.counts = {{"category", {{"cat_run", 5}, {"cat_gone", 1}}}, {"brand", {{"Nordvik", 6}}}};
  result.spans["price"] = {100, 900};
  auto card = test_card(1);
  card.skus[1].price = rub(100);
  card.skus[1].old_price = rub(200);
  card.skus[0].price = rub(50);
  auto known = std::make_shared<const Card>(card);
  auto reply = reply_of(result, {nullptr, known, known}, shoes_tree(), "");
  ASSERT_EQ(reply.items.size(), 2u);
  EXPECT_EQ(reply.items[0].sku_id, card.skus[1].sku_id);
  EXPECT_EQ(reply.items[0].price, rub(100));
  EXPECT_EQ(reply.items[0].old_price, rub(200));
  // An index that names no SKU of the card.
  EXPECT_EQ(reply.items[1].sku_id, card.skus[0].sku_id);
  EXPECT_EQ(reply.items[0].sku_ids.size(), 2u);
  ASSERT_EQ(reply.categories.size(), 2u);
  EXPECT_EQ(reply.categories[0], (FacetValue{"cat_run", "Беговые", 5}));
  EXPECT_EQ(reply.categories[1], (FacetValue{"cat_gone", "cat_gone", 1}));
  EXPECT_EQ(reply.brands[0], (FacetValue{"Nordvik", "Nordvik", 6}));
  EXPECT_EQ(reply.price_min, 100);
  EXPECT_EQ(reply.price_max, 900);
  EXPECT_EQ(reply.total, 7);
}

}  // namespace
}  // namespace bramble::catalog
