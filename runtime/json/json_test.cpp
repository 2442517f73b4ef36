#include "runtime/json/json.h"

#include <gtest/gtest.h>

#include "runtime/json/http_input.h"
#include "runtime/json/json_read.h"
#include "runtime/json/json_write.h"

namespace bramble {
namespace {

bool is_malformed(std::string_view text, JsonLimits limits = {}) {
  try {
    JsonDocument::parse(text, limits);
    return false;
  } catch (const Error& error) {
    EXPECT_EQ(error.code, ErrorCode::invalid);
    EXPECT_EQ(error.reason, "malformed_json");
    return true;
  }
}

TEST(Json, EveryKindOfValueIsRead) {
  auto document = JsonDocument::parse(
      R"( {"t": "a\u00e9\n\"", "i": -42, "r": 1.5, "yes": true, "no": false, "n": null, "list": [1, [2, 3], {"x": 4}],
          "o": {"in": {"deep": "end"}}} )");
  auto root = document.root();
  EXPECT_EQ(root.kind(), JsonKind::object);
  EXPECT_EQ(root.size(), 8U);
  EXPECT_EQ(root["t"].text(), "a\u00e9\n\"");
  EXPECT_EQ(root["i"].integer(), -42);
  EXPECT_EQ(root["r"].number(), 1.5);
  EXPECT_TRUE(root["yes"].boolean());
  EXPECT_FALSE(root["no"].boolean());
  EXPECT_TRUE(root["n"].is_null());
  EXPECT_EQ(root["list"].size(), 3U);
  std::vector<JsonKind> kinds;
  for (JsonValue item : root["list"]) kinds.push_back(item.kind());
  EXPECT_EQ(kinds, (std::vector{JsonKind::integer, JsonKind::array, JsonKind::object}));
  EXPECT_EQ(root["o"]["in"]["deep"].text(), "end");
  EXPECT_TRUE(root["absent"]["deeper"].is_missing());
}

TEST(Json, WholeNumbersKeepAll64Bits) {
  auto document =
      JsonDocument::parse("[9223372036854775807, -9223372036854775808, 9223372036854775808, 1.0, 1e3]");
  std::vector<JsonKind> kinds;
  for (JsonValue item : document.root()) kinds.push_back(item.kind());
  EXPECT_EQ((*document.root().begin()).integer(), INT64_MAX);
  EXPECT_EQ(kinds, (std::vector{JsonKind::integer, JsonKind::integer, JsonKind::real, JsonKind::real,
                                JsonKind::real}));
}

TEST(Json, NumbersAreReadToTheNearestDouble) {
  for (double value : {0.1, 5.5555555555555586e37, 1.7976931348623157e308, 5e-324, 123456789.123456789}) {
    JsonWriter out;
    out.number(value);
    EXPECT_EQ(JsonDocument::parse(out.take()).root().number(), value);
  }
}

TEST(Json, WhatIsNotJsonIsRefused) {
  for (std::string_view text :
       {"",         " ",   "{",       "}",         "[1,]",        "{\"a\":1,}", "{a:1}",         "'a'",
        "01",       "1.",  "+1",      "nul",       "NaN",         "Infinity",   "1 2",           "{} x",
        "\"\x01\"", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "// c\n1",    "\xEF\xBB\xBF{}"}) {
    EXPECT_TRUE(is_malformed(text)) << text;
  }
}

TEST(Json, InvalidUtf8IsRefused) {
  for (std::string_view text :
       {"\"\xFF\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xF5\x80\x80\x80\"", "\"\xE2\x82\""}) {
    EXPECT_TRUE(is_malformed(text));
  }
  EXPECT_FALSE(is_malformed("\"\xF0\x9F\x98\x80\""));
}

TEST(Json, AMemberTwiceIsRefused) {
  EXPECT_TRUE(is_malformed(R"({"a": 1, "b": 2, "a": 3})"));
  EXPECT_TRUE(is_malformed(R"([{"x": {"a": 1, "\u0061": 3}}])"));
  EXPECT_FALSE(is_malformed(R"({"a": {"a": {"a": 1}}, "b": {"a": 1}})"));
}

TEST(Json, DepthAndNumberOfValuesAreBounded) {
  EXPECT_FALSE(is_malformed(std::string(32, '[') + std::string(32, ']')));
  EXPECT_TRUE(is_malformed(std::string(33, '[') + std::string(33, ']')));
  EXPECT_TRUE(is_malformed(std::string(1'000'000, '[')));
  EXPECT_TRUE(is_malformed("[1,2,3,4]", {.depth = 4, .values = 4}));
}

TEST(Json, WhatIsWrittenIsValidWhateverTheTextWas) {
  JsonWriter out;
  out.begin_object();
  out.name("a\"b");
  out.text("tab\t quote\" back\\ nul" + std::string(1, '\0') + " bad\xFF\xC3 good\u00e9\U0001F600");
  out.name("list");
  out.begin_array();
  out.integer(INT64_MIN);
  out.number(0.1);
  out.number(std::numeric_limits<double>::infinity());
  out.boolean(true);
  out.begin_object();
  out.end_object();
  out.end_array();
  out.end_object();
  auto text = out.take();
  EXPECT_EQ(text, "{\"a\\\"b\":\"tab\\t quote\\\" back\\\\ nul\\u0000 bad\uFFFD\uFFFD good\u00e9\U0001F600\","
                  "\"list\":[-9223372036854775808,0.1,null,true,{}]}");
  EXPECT_FALSE(is_malformed(text));
}

TEST(Json, PatternsTakeWhatTheyNameAndNothingElse) {
  struct Case {
    TextPattern pattern;
    std::vector<std::string> good;
    std::vector<std::string> bad;
  };
  const std::vector<Case> cases = {
      {TextPattern::phone,
       {"+79001234567", "8 (900) 123-45-67", "+44 (0)20 7946 0958"},
       {"+0123456789", "+1234567", "+7900123456789012", "+8 900 123-45-67", "phone"}},
      {TextPattern::code, {"1234", "12345678"}, {"123", "123456789", "12a4", "١٢٣٤"}},
      {TextPattern::word, {"a", "A_b.c-9"}, {"", "a b", "a/b", std::string(65, 'a'), "é"}},
      {TextPattern::email,
       {"a@b.co", "x.y+z@mail.example.org"},
       {"a", "@b.co", "a@b", "a@b..co", "a b@c.de", "a@.b.co", "a@b@c.de"}},
      {TextPattern::currency, {"RUB"}, {"rub", "RU", "RUBL", ""}},
      {TextPattern::barcode,
       {"1", "4600000000015",
        "]d201046014399312532181\x1D"
        "91EE"},
       {""}},
      {TextPattern::idempotency,
       {"k", "a b", std::string(255, 'k')},
       {"", " ", " a", "a ", "a\tb", "\x7F", "ключ", std::string(256, 'k')}},
  };
  for (const auto& [pattern, good, bad] : cases) {
    for (const auto& text : good) EXPECT_TRUE(matches(pattern, text)) << int(pattern) << " " << text;
    for (const auto& text : bad) EXPECT_FALSE(matches(pattern, text)) << int(pattern) << " " << text;
  }
}

TEST(JsonErrors, AListOfAllowedWordsIsWholeUpToTwenty) {
  auto detail_of = [](int count) {
    std::string words = "word1";
    for (int i = 2; i <= count; ++i) words += ", word" + std::to_string(i);
    JsonErrors errors;
    add_not_allowed(errors, words);
    try {
      errors.throw_if_any();
    } catch (const Error& error) {
      return error.fields.at(0).detail;
    }
    return std::string();
  };
  EXPECT_EQ(detail_of(1), "must be one of word1");
  EXPECT_TRUE(detail_of(20).ends_with(", word19, word20")) << detail_of(20);
  EXPECT_TRUE(detail_of(21).ends_with(", word20, …")) << detail_of(21);
}

TEST(JsonErrors, FurtherErrorsAreCountedApartFromTheAllowedWords) {
  auto message_of = [](std::vector<std::string> fields) {
    JsonErrors errors;
    for (const auto& field : fields) {
      JsonErrors::Inside inside(errors, field);
      add_not_allowed(errors, "pickup");
    }
    try {
      errors.throw_if_any();
    } catch (const Error& error) {
      return std::string(error.message);
    }
    return std::string();
  };
  EXPECT_EQ(message_of({"a"}), "a: must be one of pickup");
  EXPECT_EQ(message_of({"a", "b"}), "a: must be one of pickup; 1 other error");
  EXPECT_EQ(message_of({"a", "b", "c"}), "a: must be one of pickup; 2 other errors");
}

HttpRequest request_of(std::string query, std::string body = {}, std::string type = "application/json") {
  HttpRequest request;
  request.query = std::move(query);
  request.body = std::move(body);
  request.headers.add("Content-Type", std::move(type));
  return request;
}

constexpr std::array<InputField, 5> fields = {{{"q"},
                                               {"page", InputKind::integer},
                                               {"lat", InputKind::real},
                                               {"in_stock", InputKind::boolean},
                                               {"brand", InputKind::text, false, true}}};

TEST(HttpInput, TheQueryIsDecodedByTheKindsOfItsFields) {
  JsonErrors errors;
  auto request = request_of("q=a+b%2Bc&page=-7&lat=1.25&in_stock=1&brand=x&brand=%D1%8F&unknown=1&empty");
  auto input = read_http_input(request, {}, fields, false, errors);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(input.root()["q"].text(), "a b+c");
  EXPECT_EQ(input.root()["page"].integer(), -7);
  EXPECT_EQ(input.root()["lat"].number(), 1.25);
  EXPECT_TRUE(input.root()["in_stock"].boolean());
  ASSERT_EQ(input.root()["brand"].size(), 2U);
  EXPECT_EQ((*++input.root()["brand"].begin()).text(), "я");
  EXPECT_TRUE(input.root()["unknown"].is_missing());
}

TEST(HttpInput, EmptyParametersAreAbsent) {
  JsonErrors errors;
  auto input = read_http_input(request_of("q=&page=&lat=&in_stock=&brand="), {}, fields, false, errors);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(input.root().size(), 0U);
}

TEST(HttpInput, EveryWrongParameterIsNamed) {
  struct Case {
    std::string query, field, code;
  };
  for (const auto& [query, field, code] :
       std::vector<Case>{{"page=1.5", "page", "wrong_type"},
                         {"page=+1", "page", "wrong_type"},
                         {"page=1x", "page", "wrong_type"},
                         {"page=99999999999999999999", "page", "too_large"},
                         {"page=-99999999999999999999", "page", "too_small"},
                         {"page=1&page=2", "page", "too_many"},
                         {"lat=nan", "lat", "wrong_type"},
                         {"lat=1e999", "lat", "wrong_type"},
                         {"in_stock=yes", "in_stock", "wrong_type"},
                         {"q=%FF", "q", "malformed"},
                         {"q=%zz", "query", "malformed"},
                         {"q=%2", "query", "malformed"}}) {
    try {
      JsonErrors errors;
      read_http_input(request_of(query), {}, fields, false, errors);
      errors.throw_if_any();
      ADD_FAILURE() << query;
    } catch (const Error& error) {
      ASSERT_EQ(error.fields.size(), 1U) << query;
      EXPECT_EQ(error.fields[0].field, field) << query;
      EXPECT_EQ(error.fields[0].code, code) << query;
    }
  }
}

TEST(HttpInput, ThePathWinsOverTheBody) {
  constexpr std::array<InputField, 1> path = {{{"sku_id", InputKind::text, true}}};
  JsonErrors errors;
  auto request = request_of("", R"({"sku_id": ["x"], "quantity": 2})", "Application/JSON; charset=utf-8");
  auto input = read_http_input(request, {{"sku_id", "sku_1"}}, path, true, errors);
  EXPECT_EQ(input.root()["sku_id"].text(), "sku_1");
  EXPECT_EQ(input.root()["quantity"].integer(), 2);
}

TEST(HttpInput, OnlyJsonBodiesAreRead) {
  JsonErrors errors;
  EXPECT_EQ(read_http_input(request_of("", "", "text/plain"), {}, {}, true, errors).root().size(), 0U);
  try {
    read_http_input(request_of("", "{}", "text/plain"), {}, {}, true, errors);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.reason, "unsupported_media_type");
  }
  EXPECT_THROW(read_http_input(request_of("", "[]"), {}, {}, true, errors), Error);
}

TEST(JsonErrors, AreBoundedInNumber) {
  JsonErrors errors;
  for (std::size_t i = 0; i < 1000; ++i) {
    JsonErrors::Inside inside(errors, i);
    errors.add("wrong_type", "must be a string");
  }
  try {
    errors.throw_if_any();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.fields.size(), 50U);
    EXPECT_EQ(error.fields[1].field, "[1]");
  }
}

}  // namespace
}  // namespace bramble
