#include "gateways/edge/csrf.h"

#include <gtest/gtest.h>

namespace bramble::edge {
namespace {

TEST(CsrfTokensTest, ATokenSaysForWhichBrowserAndForWhomItsPageWasMade) {
  CsrfTokens tokens("a key");
  auto token = tokens.token("browser-1", "usr_1");
  EXPECT_EQ(tokens.made_for(token, "browser-1", "usr_1"), MadeFor::this_person);
  EXPECT_EQ(tokens.made_for(token, "browser-1", "usr_2"), MadeFor::another_person);
  EXPECT_EQ(tokens.made_for(token, "browser-1", ""), MadeFor::another_person);
  EXPECT_EQ(tokens.made_for(token, "browser-2", "usr_1"), MadeFor::another_browser);
  EXPECT_EQ(tokens.made_for("", "browser-1", "usr_1"), MadeFor::another_browser);
  EXPECT_EQ(tokens.made_for(tokens.token("", ""), "", ""), MadeFor::another_browser);
  EXPECT_EQ(CsrfTokens("another key").made_for(token, "browser-1", "usr_1"), MadeFor::another_browser);
  auto before = tokens.token("browser-1", "");
  EXPECT_EQ(tokens.made_for(before, "browser-1", ""), MadeFor::stranger);
  EXPECT_EQ(tokens.made_for(before, "browser-1", "usr_1"), MadeFor::stranger);
  EXPECT_EQ(tokens.made_for(before, "browser-2", "usr_1"), MadeFor::another_browser);
}

TEST(CsrfTokensTest, TheStrangersHalfOfATokenDoesNotMakeAPersons) {
  CsrfTokens tokens("a key");
  auto before = tokens.token("browser-1", "");
  auto of_another_browser = tokens.token("browser-2", "usr_1");
  auto seal = of_another_browser.substr(of_another_browser.find('.'));
  EXPECT_EQ(tokens.made_for(before + seal, "browser-1", "usr_1"), MadeFor::another_person);
  EXPECT_EQ(tokens.made_for(before + ".", "browser-1", "usr_1"), MadeFor::another_person);
  EXPECT_EQ(tokens.made_for(before + ".", "browser-1", ""), MadeFor::another_person);
}

bool from_elsewhere(HttpHeaders headers) {
  HttpRequest request;
  request.headers = std::move(headers);
  request.headers.add("Host", "shop.example:8080");
  return is_from_elsewhere(request, "https://shop.example");
}

HttpHeaders with(std::string name, std::string value) {
  HttpHeaders headers;
  headers.add(std::move(name), std::move(value));
  return headers;
}

TEST(CsrfTest, WhatAnotherSiteSendsIsKnown) {
  EXPECT_TRUE(from_elsewhere(with("Sec-Fetch-Site", "cross-site")));
  EXPECT_TRUE(from_elsewhere(with("Sec-Fetch-Site", "same-site")));
  EXPECT_FALSE(from_elsewhere(with("Sec-Fetch-Site", "same-origin")));
  EXPECT_FALSE(from_elsewhere(with("Sec-Fetch-Site", "none")));
  EXPECT_TRUE(from_elsewhere(with("Origin", "https://evil.example")));
  EXPECT_TRUE(from_elsewhere(with("Origin", "https://shop.example.evil.example")));
  EXPECT_TRUE(from_elsewhere(with("Origin", "null")));
  EXPECT_FALSE(from_elsewhere(with("Origin", "http://shop.example:8080")));
  EXPECT_FALSE(from_elsewhere(with("Origin", "https://shop.example")));
  EXPECT_FALSE(from_elsewhere({}));
}

}  // namespace
}  // namespace bramble::edge
