#include "app/import/card_mapper.h"

#include <gtest/gtest.h>

#include "app/import/barcode.h"
#include "app/import/clean_text.h"
#include "app/import/digest.h"
#include "base/error.h"
#include "base/text.h"

namespace bramble::importing {
namespace {

using catalog::Attribute;

ProductRow usual_row() {
  ProductRow row;
  row.source = "shop";
  row.id = "17";
  row.title = "Kettle";
  row.language = "en";
  row.price_minor = 100'00;
  return row;
}

struct Mapped {
  std::optional<catalog::Card> card;
  RowProblems problems;
};

Mapped map(CardMapper& mapper, ProductRow row) {
  Mapped mapped;
  mapped.card = mapper.map(std::move(row), mapped.problems);
  EXPECT_EQ(mapped.card.has_value(), !is_skipped(mapped.problems));
  return mapped;
}

Mapped map(ProductRow row, MappingOptions options = {}) {
  CardMapper mapper(std::move(options));
  return map(mapper, std::move(row));
}

TEST(CardMapper, MakesTheSameIdsOfTheSameSourceAndId) {
  auto first = *map(usual_row()).card;
  auto changed = usual_row();
  changed.title = "Another";
  changed.price_minor = 5;
  auto second = *map(changed).card;
  EXPECT_EQ(first.product_id, second.product_id);
  EXPECT_EQ(first.skus[0].sku_id, second.skus[0].sku_id);
  EXPECT_TRUE(ProductId::parse(first.product_id.text()));
  EXPECT_TRUE(SkuId::parse(first.skus[0].sku_id.text()));
  EXPECT_EQ(first.vendor_code, "17");
  auto elsewhere = usual_row();
  elsewhere.source = "shop1";
  elsewhere.id = "7";
  EXPECT_NE(map(elsewhere).card->product_id, first.product_id);
  // Kept for good: cards that are stored already are found by it.
  EXPECT_EQ(first.product_id.text(), "prd_" + digest_of("shop\n17", 24));
}

TEST(CardMapper, HasASellerForEachSource) {
  EXPECT_EQ(seller_of("icecat").text(), "sel_icecat");
  EXPECT_EQ(seller_of("goodbooks-10k").text(), "sel_goodbooks-10k");
  EXPECT_NE(seller_of("wb:a"), seller_of("wb-a"));
  for (const auto& source :
       std::vector<std::string>{"wb:BessKet", "магазин", " ", "x y", "", std::string(300, 'a')})
    EXPECT_TRUE(SellerId::parse(seller_of(source).text())) << source;
  auto nameless = usual_row();
  nameless.source.clear();
  EXPECT_EQ(map(nameless).card->seller_id.text(), "sel_import");
}

struct PriceCase {
  std::optional<std::int64_t> price;
  std::optional<std::int64_t> old_price;
  std::string currency;
  std::int64_t wanted;  // 0: the row is skipped
  std::optional<std::int64_t> wanted_old;
  std::string code;
};

class Prices : public testing::TestWithParam<PriceCase> {};

TEST_P(Prices, AreAskedInRoubles) {
  const auto& given = GetParam();
  MappingOptions options;
  options.rates.set("USD=80");
  options.rates.set("JPY=0.5");
  auto row = usual_row();
  row.price_minor = given.price;
  row.old_price_minor = given.old_price;
  row.currency = given.currency;
  auto [card, problems] = map(row, options);
  if (given.wanted == 0) {
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].code, given.code);
    return;
  }
  ASSERT_TRUE(card);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(card->skus[0].price, rub(given.wanted));
  EXPECT_EQ(card->skus[0].old_price, given.wanted_old ? std::optional(rub(*given.wanted_old)) : std::nullopt);
}

constexpr std::int64_t highest = 1'000'000'000'000;
INSTANTIATE_TEST_SUITE_P(
    Cases, Prices,
    testing::Values(
        PriceCase{12'345, {}, "RUB", 12'345, {}, ""}, PriceCase{100, 150, "RUB", 100, 150, ""},
        PriceCase{100, 100, "RUB", 100, {}, ""}, PriceCase{100, 50, "RUB", 100, {}, ""},
        PriceCase{100, -5, "RUB", 100, {}, ""}, PriceCase{49'95, 60'00, "USD", 3'996'00, 4'800'00, ""},
        PriceCase{1, {}, "USD", 1'00, {}, ""}, PriceCase{1'000, {}, "JPY", 500'00, {}, ""},
        PriceCase{{}, {}, "RUB", 0, {}, "required"}, PriceCase{0, {}, "RUB", 0, {}, "out_of_range"},
        PriceCase{-1, {}, "USD", 0, {}, "out_of_range"}, PriceCase{highest, {}, "RUB", highest, {}, ""},
        PriceCase{highest + 1, {}, "RUB", 0, {}, "out_of_range"},
        PriceCase{highest, {}, "USD", 0, {}, "out_of_range"}, PriceCase{100, {}, "SEK", 0, {}, "no_rate"},
        PriceCase{100, {}, "ZZZ", 0, {}, "malformed"}, PriceCase{100, {}, "dollars", 0, {}, "malformed"},
        PriceCase{100, {}, "RUR", 100, {}, ""}, PriceCase{100, {}, "rub", 100, {}, ""},
        PriceCase{100, {}, "₽", 100, {}, ""}, PriceCase{100, {}, "usd", 80'00, {}, ""},
        PriceCase{INT64_MAX, {}, "USD", 0, {}, "out_of_range"},
        PriceCase{INT64_MIN, INT64_MIN, "USD", 0, {}, "out_of_range"}));

TEST(CardMapper, GivesRowsWithoutAPriceTheDefaultOne) {
  MappingOptions options;
  options.default_price_minor = 990'00;
  auto row = usual_row();
  row.price_minor.reset();
  row.currency = "USD";
  EXPECT_EQ(map(row, options).card->skus[0].price, rub(990'00));
  row.price_minor = 0;
  EXPECT_FALSE(map(row, options).card);
}

TEST(ExchangeRates, AreSetByHandAndForgotten) {
  ExchangeRates rates;
  auto before = rates.text();
  rates.set("EUR=100.5");
  EXPECT_EQ(rates.to_rub_minor(100, "EUR"), 101'00);
  EXPECT_NE(rates.text(), before);
  for (const auto* wrong : {"", "USD", "USD=", "USD=0", "USD=-1", "USD=1x", "USD=nan", "USD=1e9", "RUB=1",
                            "rur=1", "ZZZ=1", "=1"})
    EXPECT_THROW(rates.set(wrong), Error) << wrong;
  // What the advice of an error says can be done: any currency of ISO 4217 may have a rate, by its minor
  // units.
  for (const auto& [assignment, currency, kopecks] :
       {std::tuple("SEK=8", "SEK", 8'00), std::tuple("VND=4", "VND", 400'00),
        std::tuple("kwd=300", "KWD", 30'00)}) {
    EXPECT_FALSE(rates.has(currency));
    rates.set(assignment);
    EXPECT_EQ(rates.to_rub_minor(100, currency), kopecks) << assignment;
  }
  rates.forget();
  EXPECT_EQ(rates.to_rub_minor(100, "EUR"), std::nullopt);
  EXPECT_EQ(rates.to_rub_minor(100, "RUB"), 100);
}

TEST(CardMapper, SkipsWhatTheCatalogueCannotHave) {
  auto code_of = [](ProductRow row) {
    auto problems = map(std::move(row)).problems;
    return problems.size() == 1 ? problems[0].field + " " + problems[0].code : "?";
  };
  auto row = usual_row();
  row.id.clear();
  EXPECT_EQ(code_of(row), "id required");
  row.id = std::string(256, 'i');
  EXPECT_EQ(code_of(row), "id too_long");
  row = usual_row();
  row.title.clear();
  EXPECT_EQ(code_of(row), "title required");
  for (int i = 0; i < 501; ++i) row.title += "ж";
  EXPECT_EQ(code_of(row), "title too_long");
  row.title.resize(1'000);
  EXPECT_TRUE(map(row).card);
}

TEST(CardMapper, CutsWhatIsLongerThanAllowedAndSaysSo) {
  auto row = usual_row();
  row.description = std::string(10'001, 'd');
  row.brand = std::string(256, 'b');
  row.attributes = {{"long", std::string(300, 'v')}, {"short", "v"}};
  auto [card, problems] = map(row);
  ASSERT_TRUE(card);
  EXPECT_EQ(utf8_length(card->description), 10'000u);
  EXPECT_EQ(utf8_length(card->brand), 255u);
  EXPECT_EQ(utf8_length(card->attributes[0].value), 255u);
  EXPECT_TRUE(card->attributes[0].value.ends_with("…"));
  ASSERT_EQ(problems.size(), 3u);
  for (const auto& problem : problems) EXPECT_EQ(problem.code, "cut");
  row = usual_row();
  row.attributes.assign(101, {"name", "value"});
  auto many = map(row);
  EXPECT_EQ(many.card->attributes.size(), 100u);
  EXPECT_EQ(many.problems[0].code, "too_many");
}

TEST(CardMapper, TakesARatingOfFiveAndOfTen) {
  MappingOptions options;
  options.ten_point_sources = {"ten"};
  auto rating = [&](const std::string& source, double given) {
    auto row = usual_row();
    row.source = source;
    row.rating = given;
    row.reviews_count = 7;
    auto [card, problems] = map(row, options);
    EXPECT_EQ(problems.empty(), card->rating_count == 7);
    return card->rating_count == 7 ? card->rating : -1;
  };
  EXPECT_EQ(rating("shop", 4.34), 4.34);
  EXPECT_EQ(rating("shop", 0), 0);
  EXPECT_EQ(rating("shop", 5.1), -1);
  EXPECT_EQ(rating("shop", -1), -1);
  EXPECT_EQ(rating("ten", 9), 4.5);
  EXPECT_EQ(rating("ten", 10.1), -1);
  auto unrated = usual_row();
  unrated.reviews_count = 7;
  EXPECT_EQ(map(unrated).card->rating_count, 0);
}

TEST(CardMapper, FindsTheBarcodeAndGivesItToOneSku) {
  CardMapper mapper({});
  auto row = usual_row();
  row.barcode = "4600000000015";
  EXPECT_EQ(map(mapper, row).card->skus[0].barcode, "4600000000015");
  row.id = "18";
  auto second = map(mapper, row);
  EXPECT_EQ(second.card->skus[0].barcode, "");
  EXPECT_EQ(second.problems,
            (RowProblems{{"barcode", "barcode_taken", "another SKU has this barcode", false}}));
  row.id = "19";
  row.barcode = "4600000000018";
  row.attributes = {{"isbn13", "9.78043902348e+12"}, {"ean", "0095205603217"}};
  auto third = map(mapper, row);
  EXPECT_EQ(third.card->skus[0].barcode, "0095205603217");
  EXPECT_EQ(third.problems[0].code, "malformed");
}

TEST(CardMapper, GivesOneArticleToOneSkuHoweverItIsWritten) {
  CardMapper mapper({});
  auto row = usual_row();
  row.barcode = "036000291452";
  EXPECT_EQ(map(mapper, row).card->skus[0].barcode, "036000291452");
  for (const char* again :
       {"0036000291452", "00036000291452", "(01)00036000291452(21)7", "0-36000-29145-2"}) {
    row.id += "x";
    row.barcode = again;
    auto [card, problems] = map(mapper, row);
    EXPECT_EQ(card->skus[0].barcode, "") << again;
    EXPECT_EQ(problems.at(0).code, "barcode_taken") << again;
  }
}

TEST(Barcode, IsAGtinWhateverIsAround) {
  for (const auto* right : {"4600000000015", "0095205603217", "96385074", "036000291452", "10614141543219"})
    EXPECT_EQ(gtin_in(right), right);
  EXPECT_EQ(gtin_in("978-0-306-40615-7"), "9780306406157");
  EXPECT_EQ(gtin_in("0104600000000015"
                    "21A1"),
            "04600000000015");
  for (const auto* wrong :
       {"4600000000018", "", "1", "460000000001", "46000000000152", "460000000001x", "00000000"})
    EXPECT_EQ(gtin_in(wrong), "") << wrong;
}

TEST(CardMapper, TakesTheFirstOfRowsWithOneId) {
  CardMapper mapper({});
  auto row = usual_row();
  EXPECT_TRUE(map(mapper, row).card);
  row.title = "The same again";
  EXPECT_EQ(map(mapper, row).problems[0].code, "repeated");
  // What could not be taken is no first one.
  row.id = "18";
  row.price_minor.reset();
  EXPECT_FALSE(map(mapper, row).card);
  row.price_minor = 100;
  EXPECT_TRUE(map(mapper, row).card);
}

TEST(CategoryBook, TakesPathsThatDifferOnlyInCapitalLettersForOneAndSaysSo) {
  CategoryBook book;
  auto shoes = book.place({"Обувь", "Кроссовки"});
  EXPECT_TRUE(shoes.other_spellings.empty());
  auto again = book.place({"ОБУВЬ", "кроссовки"});
  EXPECT_EQ(again.category, shoes.category);
  using Spellings = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(again.other_spellings, (Spellings{{"ОБУВЬ", "Обувь"}, {"кроссовки", "Кроссовки"}}));
  EXPECT_TRUE(book.place({"ОБУВЬ", "кроссовки"}).other_spellings.empty());
  EXPECT_EQ(book.place({"обувь"}).other_spellings.size(), 1u);
  EXPECT_EQ(book.other_spellings(), 2u);
  auto made = book.take_new();
  ASSERT_EQ(made.size(), 2u);
  EXPECT_EQ(made[0].title, "Обувь");
  // Another file may have the other way first.
  EXPECT_EQ(CategoryBook().place({"обувь", "КРОССОВКИ"}).category, shoes.category);
}

TEST(CategoryBook, MakesATreeOfPathsAndKnowsItAgain) {
  CategoryBook book;
  auto knife = book.place({"Дом", "Кухня", "Ножи"}).category;
  EXPECT_EQ(book.place({"Дом", "Кухня", "Ножи"}).category, knife);
  auto made = book.take_new();
  ASSERT_EQ(made.size(), 3u);
  EXPECT_EQ(made[0].title, "Дом");
  EXPECT_EQ(made[0].parent_id, std::nullopt);
  EXPECT_EQ(made[2].parent_id, made[1].category_id);
  EXPECT_EQ(made[2].category_id, knife);
  EXPECT_TRUE(CategoryId::parse(knife.text()));
  EXPECT_TRUE(book.take_new().empty());
  EXPECT_EQ(book.place({"Дом"}).category, made[0].category_id);
  EXPECT_NE(book.place({"Сад", "Ножи"}).category, knife);
  EXPECT_EQ(CategoryBook().place({"Дом", "Кухня", "Ножи"}).category, knife);
}

TEST(CategoryBook, HasAPlaceForCardsThatHaveNone) {
  CategoryBook book;
  auto place = book.place({});
  EXPECT_FALSE(place.is_full);
  auto made = book.take_new();
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].category_id, place.category);
  EXPECT_TRUE(made[0].titles.contains("en"));
}

TEST(CategoryBook, IsBoundedInDepthAndInSize) {
  CategoryBook book;
  auto deep = book.place({"1", "2", "3", "4", "5", "6", "7"}).category;
  EXPECT_EQ(deep, book.place({"1", "2", "3", "4", "5"}).category);
  EXPECT_EQ(book.size(), CategoryBook::most_levels);
  for (std::size_t i = book.size(); i < CategoryBook::most_categories; ++i)
    book.place({"c" + std::to_string(i)});
  auto full = book.place({"1", "another"});
  EXPECT_TRUE(full.is_full);
  EXPECT_EQ(full.category, book.place({"1"}).category);
  EXPECT_EQ(book.place({"one more"}).category, book.place({}).category);
  EXPECT_EQ(book.size(), CategoryBook::most_categories + 1);
}

TEST(CleanText, HasNoControlCharactersAndNoStraySpaces) {
  EXPECT_EQ(one_line(std::string_view("\x01 a\0b\t\n c\xC2\xA0\x7F", 13)), "a b c");
  EXPECT_EQ(one_line(" \n"), "");
  EXPECT_EQ(many_lines(" a\r\n b\x01\x02\n\n\n\nc \n"), "a\nb\n\nc");
  std::string text = "жжжж";
  EXPECT_FALSE(cut(text, 4));
  EXPECT_TRUE(cut(text, 3));
  EXPECT_EQ(text, "жж…");
}

TEST(SeenSet, TellsWhatItHasSeen) {
  SeenSet seen;
  for (std::uint64_t i = 1; i <= 50'000; ++i) EXPECT_TRUE(seen.insert(i * i));
  for (std::uint64_t i = 1; i <= 50'000; ++i) ASSERT_FALSE(seen.insert(i * i));
  EXPECT_EQ(seen.size(), 50'000u);
}

}  // namespace
}  // namespace bramble::importing
