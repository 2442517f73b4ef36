#include "ports/http_problem.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace bramble {
namespace {

std::string json_string(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

}  // namespace

TEST(HttpProblem, EveryErrorHasItsStatus) {
  const std::vector<std::pair<ErrorCode, int>> statuses = {
      {ErrorCode::invalid, 400},     {ErrorCode::unauthenticated, 401}, {ErrorCode::forbidden, 403},
      {ErrorCode::not_found, 404},   {ErrorCode::conflict, 409},        {ErrorCode::exhausted, 429},
      {ErrorCode::unavailable, 503}, {ErrorCode::timeout, 504},         {ErrorCode::internal, 500}};
  for (auto [code, status] : statuses) {
    EXPECT_EQ(http_status(code), status);
    EXPECT_NE(http_phrase(status), "Unknown");
  }
}

TEST(HttpProblem, WhatFailedInsideIsNotTold) {
  for (auto code : {ErrorCode::unavailable, ErrorCode::timeout, ErrorCode::internal}) {
    auto response = problem_response(Error(code, "not_connected", "10.1.2.3:5432 said no"), "req-1");
    EXPECT_EQ(response.body.find("10.1.2.3"), std::string::npos) << response.body;
    EXPECT_NE(response.body.find("req-1"), std::string::npos);
  }
  EXPECT_EQ(hidden_detail_of(ErrorCode::conflict), "");
}

TEST(HttpProblem, IsWrittenAsTheStandardSays) {
  Error error(ErrorCode::invalid, "invalid_input", "Two fields are wrong.",
              {{"items[2].quantity", "too_small", "At least 1."}, {"na\"me", "missing", "Is needed."}});
  auto response = problem_response(error, "req-1");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"Two fields are wrong.",)"
            R"("code":"invalid_input","request_id":"req-1","errors":[)"
            R"({"field":"items[2].quantity","code":"too_small","detail":"At least 1."},)"
            R"({"field":"na\"me","code":"missing","detail":"Is needed."}]})");
  auto extra = problem_response(409, "out_of_stock", "Sold out", "d", "r", {}, R"("items":[1,2])");
  EXPECT_EQ(extra.body, R"({"type":"about:blank","title":"Sold out","status":409,"detail":"d",)"
                        R"("code":"out_of_stock","request_id":"r","items":[1,2]})");
}

TEST(HttpProblem, TellsNothingInternal) {
  auto response = problem_response(Error(ErrorCode::internal, "sql", "SELECT secret"), "r");
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
  EXPECT_EQ(response.body.find("sql"), std::string::npos);
  EXPECT_NE(response.body.find("\"code\":\"internal\""), std::string::npos);
}

TEST(HttpProblem, WritesAnyBytesAsValidJson) {
  EXPECT_EQ(json_string("plain"), "\"plain\"");
  EXPECT_EQ(json_string("a\"b\\c/\b\f\n\r\t"), "\"a\\\"b\\\\c/\\u0008\\u000c\\n\\r\\t\"");
  EXPECT_EQ(json_string(std::string_view("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\\u007f\"");
  EXPECT_EQ(json_string("\xd1\x87\xd0\xb0\xd0\xb9 \xe2\x82\xac \xf0\x9f\x8d\xb5"),
            "\"\xd1\x87\xd0\xb0\xd0\xb9 \xe2\x82\xac \xf0\x9f\x8d\xb5\"");
  // Cut off, overlong, a surrogate, too large, a lone continuation.
  for (std::string_view wrong : {"\xd1", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                 "\x80", "\xff", "\xf0\x9f\x8d"}) {
    auto json = json_string("a" + std::string(wrong) + "b");
    EXPECT_TRUE(is_utf8(json));
    EXPECT_TRUE(json.starts_with("\"a\xef\xbf\xbd") && json.ends_with("b\"")) << json;
  }
}

}  // namespace bramble
