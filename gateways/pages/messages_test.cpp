#include "gateways/pages/messages.h"

#include <gtest/gtest.h>

#include <array>

#include "base/error.h"

namespace bramble::pages {
namespace {

constexpr std::array<PageFile, 2> files = {{
    {"shop.ru.txt",
     "# товары\n"
     "hello = Здравствуйте\n"
     "goods = {count, plural, one {# товар} few {# товара} many {# товаров} other {# товара}}\n"
     "\n"
     "by = {kind, select, card {картой} other {иначе}}\n"
     "name = Имя: {name}\n"},
    {"shop.en.txt", "hello = Hello, it's us\ngoods = {count, plural, one {# item} other {# items}}\n"},
}};

TEST(MessagesTest, EachLanguageCountsInItsOwnWay) {
  Messages russian("ru", files);
  EXPECT_EQ(russian.text("hello"), "Здравствуйте");
  EXPECT_EQ(russian.text("goods", {{"count", std::int64_t{1}}}), "1 товар");
  EXPECT_EQ(russian.text("goods", {{"count", std::int64_t{3}}}), "3 товара");
  EXPECT_EQ(russian.text("goods", {{"count", std::int64_t{11}}}), "11 товаров");
  EXPECT_EQ(russian.text("goods", {{"count", std::int64_t{21}}}), "21 товар");
  EXPECT_EQ(russian.text("by", {{"kind", std::string_view("card")}}), "картой");
  Messages english("en", files);
  EXPECT_EQ(english.text("hello"), "Hello, it's us");
  EXPECT_EQ(english.text("goods", {{"count", std::int64_t{2}}}), "2 items");
}

TEST(MessagesTest, AnArgumentIsTextAndNoPattern) {
  Messages russian("ru", files);
  EXPECT_EQ(russian.text("name", {{"name", std::string_view("{count}")}}), "Имя: {count}");
}

TEST(MessagesTest, AMissingMessageIsAnError) {
  Messages russian("ru", files);
  EXPECT_THROW(russian.text("nothing"), Error);
  EXPECT_THROW(russian.text("goods"), Error);
  EXPECT_EQ(russian.find("nothing"), "");
  EXPECT_EQ(russian.arguments("goods"), std::vector<std::string>{"count"});
}

TEST(MessagesTest, AMalformedFileIsAnError) {
  for (auto* text :
       {"no equals sign", "= no key", "empty =", "a = 1\na = 2", "a = {count, plural, one {#}"}) {
    std::array<PageFile, 1> bad = {{{"bad.ru.txt", text}}};
    EXPECT_THROW(Messages("ru", bad), Error) << text;
  }
}

}  // namespace
}  // namespace bramble::pages
