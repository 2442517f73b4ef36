#include "services/catalog/card_rules.h"

#include <gtest/gtest.h>

#include "services/catalog/packed_text.h"
#include "services/catalog/test_cards.h"

namespace bramble::catalog {
namespace {

std::vector<std::string> wrong(std::vector<Card> cards) {
  std::vector<std::string> fields;
  for (const auto& field : wrong_fields({std::move(cards)})) fields.push_back(field.field + " " + field.code);
  return fields;
}

TEST(CardRules, AGoodCardHasNothingWrong) { EXPECT_TRUE(wrong({test_card(1), test_card(2)}).empty()); }

TEST(CardRules, EachWrongFieldIsNamed) {
  auto card = test_card(1);
  card.title.clear();
  card.category_id = {};
  card.rating = 5.5;
  card.skus[0].price = rub(0);
  card.skus[1].old_price = Money{100, "USD"};
  card.attributes.push_back({"цвет", "a\x1f"
                                     "b"});
  EXPECT_EQ(wrong({card}),
            (std::vector<std::string>{"cards[0].title required", "cards[0].category_id required",
                                      "cards[0].attributes[1].value bad_character",
                                      "cards[0].rating out_of_range",
                                      "cards[0].skus[0].price.amount_minor out_of_range",
                                      "cards[0].skus[1].old_price.currency other_currency"}));
}

TEST(CardRules, TextsOfOtherLanguagesAreCheckedToo) {
  auto card = bilingual_card(1);
  EXPECT_TRUE(wrong({card}).empty());
  card.texts.push_back({"ru", "Ещё раз", "", {}});
  card.texts.push_back({"English!", std::string(501, 'x'), "a\x1e", {{"a\x1f", "b"}}});
  EXPECT_EQ(wrong({card}), (std::vector<std::string>{"cards[0].texts[1].language repeated",
                                                     "cards[0].texts[2].language bad_language",
                                                     "cards[0].texts[2].title too_long",
                                                     "cards[0].texts[2].description bad_character",
                                                     "cards[0].texts[2].words bad_character"}));
}

TEST(CardRules, CategoryTitlesAreChecked) {
  PutCategoriesRequest request{{{CategoryId("cat_1"), "", {}, {{"En", "a\x1f"}}}}};
  std::vector<std::string> fields;
  for (const auto& field : wrong_fields(request)) fields.push_back(field.field + " " + field.code);
  EXPECT_EQ(fields, (std::vector<std::string>{"items[0].title required", "items[0].titles bad_language",
                                              "items[0].titles.En bad_character"}));
}

TEST(CardRules, ACardOrSkuNamedTwiceIsRefused) {
  auto twice = test_card(1);
  EXPECT_EQ(wrong({twice, twice}).front(), "cards[1].product_id repeated");
  auto other = test_card(2);
  other.skus[0].sku_id = twice.skus[0].sku_id;
  EXPECT_EQ(wrong({twice, other}), std::vector<std::string>{"cards[1].skus[0].sku_id repeated"});
}

TEST(CardRules, ANewCardIsItsFirstVersion) {
  auto card = test_card(1);
  card.created_at = {};
  card.version = 7;
  card.skus[0].price_version = 7;
  auto next = next_version(card, nullptr, Time{42});
  EXPECT_EQ(next->version, 1);
  EXPECT_EQ(next->created_at, Time{42});
  EXPECT_EQ(next->skus[0].price_version, 1);
}

TEST(CardRules, ACardPutAsItIsMakesNoVersion) {
  auto first = *next_version(test_card(1), nullptr, Time{42});
  EXPECT_FALSE(next_version(test_card(1), &first, Time{99}));
}

TEST(CardRules, OnlyAChangedPriceGetsANewPriceVersion) {
  auto first = *next_version(test_card(1), nullptr, Time{42});
  auto put = test_card(1);
  put.skus[1].old_price = rub(900'000);
  auto second = *next_version(put, &first, Time{99});
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(second.skus[0].price_version, 1);
  EXPECT_EQ(second.skus[1].price_version, 2);
  put.title = "Другое название";
  auto third = *next_version(put, &second, Time{99});
  EXPECT_EQ(third.version, 3);
  EXPECT_EQ(third.skus[1].price_version, 2);
}

TEST(CardRules, WhatCanBeBoughtIsShownFirstAndOfThatTheCheapest) {
  auto card = test_card(1);
  card.skus[1].price = rub(1);
  using Positions = std::vector<std::size_t>;
  EXPECT_EQ(best_first(card, {}), (Positions{1, 0}));
  EXPECT_EQ(best_first(card, {card.skus[0].sku_id}), (Positions{0, 1}));
  EXPECT_EQ(best_first(card, {card.skus[0].sku_id, card.skus[1].sku_id}), (Positions{1, 0}));
  card.skus[1].price = card.skus[0].price;
  EXPECT_EQ(best_first(card, {}), (Positions{0, 1}));
}

TEST(PackedText, ListsComeBackAsTheyWere) {
  std::vector<Attribute> attributes{{"Цвет", "чёрный"}, {"Пусто", ""}, {"a", "b"}};
  EXPECT_EQ(unpack_attributes(pack(attributes)), attributes);
  std::map<std::string, std::string> options{{"размер", "42"}, {"", ""}};
  EXPECT_EQ(unpack_options(pack(options)), options);
  std::vector<std::string> images{"a.jpg", "b.jpg"};
  EXPECT_EQ(unpack(pack(images)), images);
  EXPECT_TRUE(unpack("").empty());
  std::vector<CardText> texts{{"en", "Shoes", "Two\nlines", {{"a", "b"}, {"c", ""}}}, {"de", "", "", {}}};
  EXPECT_EQ(unpack_texts(pack(texts)), texts);
  EXPECT_TRUE(unpack_texts("").empty());
}

}  // namespace
}  // namespace bramble::catalog
