#include "app/import/product_row.h"

#include <gtest/gtest.h>

namespace bramble::importing {
namespace {

using catalog::Attribute;

struct Read {
  ProductRow row;
  RowProblems problems;
};

Read read(std::string_view line) {
  Read read;
  read.row = read_row(line, read.problems);
  return read;
}

TEST(ProductRow, HasEveryFieldInItsType) {
  auto [row, problems] = read(R"({"source":"shop","id":"a-1","title":"  Чайник \t «Утро» ","lang":"ru",
      "brand":"Заря","category_path":["Дом","Кухня"],"price_minor":199900,"old_price_minor":249900,
      "currency":"RUB","rating":4.5,"reviews_count":12,"barcode":"4600000000015",
      "description":"Первая строка \r\n\r\n\r\n Вторая   строка\n","attributes":{"Цвет":"синий"}})");
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(row.source, "shop");
  EXPECT_EQ(row.id, "a-1");
  EXPECT_EQ(row.title, "Чайник «Утро»");
  EXPECT_EQ(row.language, "ru");
  EXPECT_EQ(row.brand, "Заря");
  EXPECT_EQ(row.category_path, (std::vector<std::string>{"Дом", "Кухня"}));
  EXPECT_EQ(row.price_minor, 199'900);
  EXPECT_EQ(row.old_price_minor, 249'900);
  EXPECT_EQ(row.rating, 4.5);
  EXPECT_EQ(row.reviews_count, 12);
  EXPECT_EQ(row.barcode, "4600000000015");
  EXPECT_EQ(row.description, "Первая строка\n\nВторая строка");
  EXPECT_EQ(row.attributes, (std::vector<Attribute>{{"Цвет", "синий"}}));
}

TEST(ProductRow, WritesAttributesAsACustomerReadsThem) {
  auto attributes =
      R"("attributes":{"text":" a  b ","whole":6,"real":6.0,"fraction":2.13,"yes":true,"no":false,
      "nothing":null,"empty":"","list":["S","M",3],"object":{"w":1,"h":2.5}," ":"x"}})";
  std::vector<Attribute> wanted{{"text", "a b"},     {"whole", "6"},
                                {"real", "6"},       {"fraction", "2.13"},
                                {"yes", "yes"},      {"no", "no"},
                                {"list", "S, M, 3"}, {"object", "w: 1, h: 2.5"}};
  EXPECT_EQ(read(std::string(R"({"lang":"en",)") + attributes).row.attributes, wanted);
  wanted[4].value = "да";
  wanted[5].value = "нет";
  EXPECT_EQ(read(std::string(R"({"lang":"ru",)") + attributes).row.attributes, wanted);
}

TEST(ProductRow, KeepsUnknownFieldsAsAttributes) {
  auto row = read(R"({"license":"cc-by-sa-4.0","made_in":"Тверь","attributes":{"a":"1"},"pages":320})").row;
  EXPECT_EQ(row.attributes,
            (std::vector<Attribute>{
                {"license", "cc-by-sa-4.0"}, {"made_in", "Тверь"}, {"a", "1"}, {"pages", "320"}}));
  EXPECT_TRUE(read(R"({"license":"none"})").row.attributes.empty());
}

TEST(ProductRow, TakesAnIdThatIsANumberAndNoOtherLanguages) {
  EXPECT_EQ(read(R"({"id":4984700})").row.id, "4984700");
  EXPECT_EQ(read(R"({"lang":"xx"})").row.language, "");
  EXPECT_EQ(read(R"({"title":null,"price_minor":null})").row.price_minor, std::nullopt);
}

struct Wrong {
  std::string line;
  std::string field;
  std::string code;
  bool is_skipped;
};

TEST(ProductRow, IsReadWithoutTheMarkupOfAPage) {
  auto row = read(R"({"id":"1","title":"Чай &laquo;Утро&raquo;","brand":"Tom&amp;Co","price_minor":5,
      "description":"<p>Чёрный&nbsp;чай</p><p>100&nbsp;г</p>","category_path":["Еда &amp; напитки"],
      "barcode":36000291452,"currency":"rub","attributes":{"Вес, <b>г</b>":"&gt; 100","Код":"A&B <3"}})")
                 .row;
  EXPECT_EQ(row.title, "Чай «Утро»");
  EXPECT_EQ(row.brand, "Tom&Co");
  EXPECT_EQ(row.description, "Чёрный чай\n100 г");
  EXPECT_EQ(row.category_path, std::vector<std::string>{"Еда & напитки"});
  EXPECT_EQ(row.attributes, (std::vector<catalog::Attribute>{{"Вес, г", "> 100"}, {"Код", "A&B <3"}}));
  // A number has lost the zero before it.
  EXPECT_EQ(row.barcode, "036000291452");
}

class WrongRow : public testing::TestWithParam<Wrong> {};

TEST_P(WrongRow, IsTold) {
  auto problems = read(GetParam().line).problems;
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].field, GetParam().field);
  EXPECT_EQ(problems[0].code, GetParam().code);
  EXPECT_EQ(problems[0].is_skipped, GetParam().is_skipped);
  EXPECT_FALSE(problems[0].detail.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, WrongRow,
    testing::Values(Wrong{"", "", "malformed_json", true}, Wrong{"{", "", "malformed_json", true},
                    Wrong{"{}{}", "", "malformed_json", true},
                    Wrong{R"({"id":"1","id":"2"})", "", "malformed_json", true},
                    Wrong{R"({"title":"\ud800"})", "", "malformed_json", true},
                    Wrong{"{\"title\":\"\xFF\"}", "", "not_utf8", true}, Wrong{"[1]", "", "wrong_type", true},
                    Wrong{"\"text\"", "", "wrong_type", true},
                    Wrong{R"({"id":{}})", "id", "wrong_type", true},
                    Wrong{R"({"id":1.5})", "id", "wrong_type", true},
                    Wrong{R"({"title":5})", "title", "wrong_type", true},
                    Wrong{R"({"source":5})", "source", "wrong_type", true},
                    Wrong{R"({"price_minor":"5"})", "price_minor", "wrong_type", true},
                    Wrong{R"({"price_minor":5.5})", "price_minor", "wrong_type", true},
                    Wrong{R"({"currency":1})", "currency", "wrong_type", true},
                    Wrong{R"({"old_price_minor":"5"})", "old_price_minor", "wrong_type", false},
                    Wrong{R"({"brand":5})", "brand", "wrong_type", false},
                    Wrong{R"({"description":[]})", "description", "wrong_type", false},
                    Wrong{R"({"category_path":"a"})", "category_path", "wrong_type", false},
                    Wrong{R"({"rating":"5"})", "rating", "wrong_type", false},
                    Wrong{R"({"reviews_count":1.5})", "reviews_count", "wrong_type", false},
                    Wrong{R"({"barcode":[]})", "barcode", "wrong_type", false},
                    Wrong{R"({"attributes":[]})", "attributes", "wrong_type", false}));

}  // namespace
}  // namespace bramble::importing
