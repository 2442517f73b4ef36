#include "services/catalog/reader_language.h"

#include <gtest/gtest.h>

#include "services/catalog/test_cards.h"

namespace bramble::catalog {
namespace {

using Options = std::map<std::string, std::string>;

TEST(ReaderLanguage, ACardIsReadInTheReadersWords) {
  auto card = bilingual_card(1);
  auto read = card_in(card, "en");
  EXPECT_EQ(read.title, "Men's running shoes 1");
  EXPECT_EQ(read.description, "A light sole");
  EXPECT_EQ(read.attributes, (std::vector<Attribute>{{"Colour", "black"}}));
  EXPECT_EQ(read.skus[1].options, (Options{{"size", "42"}}));
  EXPECT_EQ(read.language, "en");
  EXPECT_TRUE(read.texts.empty());
}

// Whatever is not words is the same in every language: a field added to cards must be read, too.
TEST(ReaderLanguage, AllThatIsNotWordsStaysAsItIs) {
  auto card = bilingual_card(1);
  card.images = {"/a.svg", "/b.svg"};
  card.skus[0].old_price = rub(900'000);
  card.version = 7;
  for (const char* language : {"ru", "en", "de"}) {
    auto read = card_in(card, language);
    read.title = card.title;
    read.description = card.description;
    read.attributes = card.attributes;
    read.language = card.language;
    read.texts = card.texts;
    for (std::size_t i = 0; i < card.skus.size(); ++i) read.skus[i].options = card.skus[i].options;
    EXPECT_EQ(read, card) << language;
  }
}

TEST(ReaderLanguage, WithoutItsWordsTheCardsOwnAreShown) {
  auto card = bilingual_card(1);
  EXPECT_EQ(card_in(card, ""), card);
  EXPECT_EQ(card_in(card, "de").title, card.title);
  EXPECT_EQ(card_in(card, "de").language, "ru");
  card.texts[0].title.clear();
  card.texts[0].words.erase("чёрный");
  auto read = card_in(card, "en");
  EXPECT_EQ(read.title, card.title);
  EXPECT_EQ(read.attributes[0], (Attribute{"Colour", "чёрный"}));
}

TEST(ReaderLanguage, NoChoiceIsLostWhereTwoNamesBecomeOne) {
  auto card = bilingual_card(1);
  card.skus[0].options = {{"размер", "41"}, {"рост", "170"}};
  card.texts[0].words = {{"размер", "size"}, {"рост", "size"}};
  EXPECT_EQ(info_in(card, card.skus[0], "en").options, (Options{{"size", "41"}, {"рост", "170"}}));
}

TEST(ReaderLanguage, CategoriesHaveTitlesInLanguages) {
  Category category{CategoryId("cat_1"), "Обувь", CategoryId("cat_2"), {{"en", "Shoes"}}, "/a.svg"};
  EXPECT_EQ(category_in(category, "en"),
            (Category{CategoryId("cat_1"), "Shoes", CategoryId("cat_2"), {}, "/a.svg"}));
  EXPECT_EQ(category_in(category, "ru").title, "Обувь");
  EXPECT_EQ(category_in(category, ""), category);
}

}  // namespace
}  // namespace bramble::catalog
