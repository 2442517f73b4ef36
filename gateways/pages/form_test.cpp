#include "gateways/pages/form.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace bramble::pages {
namespace {

TEST(FormTest, FieldsAreDecodedAndTrimmed) {
  Form form("q=+%D1%87%D0%B0%D0%B9+&brand=a%26b&brand=&brand=c&page=2&bad=%zz&raw=%ff&nul=%00");
  EXPECT_EQ(form.get("q"), "чай");
  EXPECT_EQ(form.all("brand"), (std::vector<std::string>{"a&b", "c"}));
  EXPECT_EQ(form.integer("page"), 2);
  EXPECT_EQ(form.integer("q"), std::nullopt);
  EXPECT_FALSE(form.has("bad"));
  EXPECT_FALSE(form.has("raw"));
  EXPECT_FALSE(form.has("nul"));
}

TEST(FormTest, AFormHasNoEndOfFields) {
  std::string many;
  for (int i = 0; i < 1'000; ++i) many += "a=" + std::to_string(i) + "&";
  EXPECT_EQ(Form(many).all("a").size(), 200U);
}

TEST(FormTest, OnlyAFormIsReadAsOne) {
  HttpRequest request;
  request.body = "a=1";
  EXPECT_THROW(form_of(request), Error);
  request.headers.set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
  EXPECT_EQ(form_of(request).get("a"), "1");
  request.headers.set("Content-Type", "text/plain");
  EXPECT_THROW(form_of(request), Error);
}

TEST(FormTest, AQueryIsWrittenAsItIsRead) {
  auto text = QueryText().add("q", "чай & кофе").add("page", 2).after("/search");
  EXPECT_EQ(Form(text.substr(8)).get("q"), "чай & кофе");
  EXPECT_EQ(QueryText().after("/search"), "/search");
}

TEST(FormTest, TheWayBackStaysOnThisSite) {
  EXPECT_EQ(safe_back("/cart?a=%2F&b=1"), "/cart?a=%2F&b=1");
  EXPECT_EQ(safe_back("/"), "/");
  for (auto* elsewhere :
       {"", "cart", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)",
        "/\t/evil.example", "/a\r\nSet-Cookie: x=1", "\\\\evil.example", " /cart", "/чай", "/a b"}) {
    EXPECT_EQ(safe_back(elsewhere), "/") << elsewhere;
  }
  EXPECT_EQ(safe_back("/" + std::string(3'000, 'a')), "/");
}

}  // namespace
}  // namespace bramble::pages
