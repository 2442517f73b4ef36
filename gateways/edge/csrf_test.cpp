#include "gateways/edge/csrf.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"

namespace bramble::edge {
namespace {

const std::string pad(CsrfTokens::pad_bytes, 'p');
const std::string other_pad = "0123456789abcdefghijklmnopqrstuv";

TEST(CsrfTokensTest, ATokenSaysForWhichBrowserAndForWhomItsPageWasMade) {
  CsrfTokens tokens("a key");
  auto token = tokens.token("browser-1", "usr_1", pad);
  EXPECT_EQ(tokens.made_for(token, "browser-1", "usr_1"), MadeFor::this_person);
  EXPECT_EQ(tokens.made_for(token, "browser-1", "usr_2"), MadeFor::another_person);
  EXPECT_EQ(tokens.made_for(token, "browser-1", ""), MadeFor::another_person);
  EXPECT_EQ(tokens.made_for(token, "browser-2", "usr_1"), MadeFor::another_browser);
  EXPECT_EQ(tokens.made_for("", "browser-1", "usr_1"), MadeFor::another_browser);
  EXPECT_EQ(tokens.made_for(tokens.token("", "", pad), "", ""), MadeFor::another_browser);
  EXPECT_EQ(CsrfTokens("another key").made_for(token, "browser-1", "usr_1"), MadeFor::another_browser);
  auto before = tokens.token("browser-1", "", pad);
  EXPECT_EQ(tokens.made_for(before, "browser-1", ""), MadeFor::stranger);
  EXPECT_EQ(tokens.made_for(before, "browser-1", "usr_1"), MadeFor::stranger);
  EXPECT_EQ(tokens.made_for(before, "browser-2", "usr_1"), MadeFor::another_browser);
}

TEST(CsrfTokensTest, TheStrangersHalfOfATokenDoesNotMakeAPersons) {
  // With a pad of zeros the second half of a token is its seals.
  CsrfTokens tokens("a key");
  std::string zeros(CsrfTokens::pad_bytes, '\0');
  auto before = *from_base64url(tokens.token("browser-1", "", zeros));
  auto of_another_browser = *from_base64url(tokens.token("browser-2", "usr_1", zeros));
  auto joined = [&](std::string_view second_seal) {
    return to_base64url(zeros + before.substr(16) + std::string(second_seal));
  };
  EXPECT_EQ(tokens.made_for(joined(of_another_browser.substr(48)), "browser-1", "usr_1"),
            MadeFor::another_person);
  EXPECT_EQ(tokens.made_for(joined(zeros.substr(16)), "browser-1", "usr_1"), MadeFor::another_person);
  EXPECT_EQ(tokens.made_for(joined(zeros.substr(16)), "browser-1", ""), MadeFor::another_person);
  EXPECT_EQ(tokens.made_for(joined(""), "browser-1", "usr_1"), MadeFor::another_browser);
}

TEST(CsrfTokensTest, NoTwoAnswersShareAnyPartOfATokensText) {
  CsrfTokens tokens("a key");
  for (const char* person : {"", "usr_1"}) {
    auto one = tokens.token("browser-1", person, pad);
    auto two = tokens.token("browser-1", person, other_pad);
    EXPECT_EQ(tokens.made_for(one, "browser-1", person), tokens.made_for(two, "browser-1", person));
    ASSERT_EQ(one.size(), two.size());
    std::size_t same = 0;
    for (std::size_t i = 0; i < one.size(); ++i) same += one[i] == two[i] ? 1 : 0;
    EXPECT_LT(same, one.size() / 4) << one << " " << two;
  }
}

TEST(CsrfTokensTest, ATokenWithoutAMaskIsNotTaken) {
  CsrfTokens tokens("a key");
  auto seal = [](std::string_view text) { return hmac_sha256("a key", text).substr(0, 16); };
  auto browser = seal("browser-1");
  auto both = browser + seal("browser-1|usr_1");
  for (const auto& text :
       {to_base64url(browser), to_base64url(both),
        to_base64url(browser) + "." + to_base64url(seal("browser-1|usr_1")),
        to_base64url(browser.substr(0, 15) + both), std::string("a="), std::string(1'000, 'A')}) {
    EXPECT_EQ(tokens.made_for(text, "browser-1", "usr_1"), MadeFor::another_browser) << text;
  }
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

std::string refusal(std::string method, std::string path, HttpHeaders headers) {
  HttpRequest request{.method = std::move(method), .path = std::move(path), .headers = std::move(headers)};
  request.headers.add("Host", "shop.example:8080");
  try {
    refuse_cross_site(request, "https://shop.example");
  } catch (const Error& error) {
    return error.reason;
  }
  return "";
}

TEST(CsrfTest, NoPageOfAnotherSiteChangesAnythingNotEvenAGuestsCart) {
  const auto elsewhere = with("Origin", "https://evil.example");
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH"}) {
    EXPECT_EQ(refusal(method, "/api/v1/cart", elsewhere), "cross_site") << method;
    EXPECT_EQ(refusal(method, "/api/v1/cart", with("Sec-Fetch-Site", "cross-site")), "cross_site") << method;
    EXPECT_EQ(refusal(method, "/api/v1/cart", with("Origin", "https://shop.example")), "") << method;
    EXPECT_EQ(refusal(method, "/api/v1/cart", {}), "") << method;
  }
  for (const char* method : {"GET", "HEAD", "OPTIONS"})
    EXPECT_EQ(refusal(method, "/api/v1/cart", elsewhere), "") << method;
  auto bearer = elsewhere;
  bearer.add("Authorization", "Bearer x");
  EXPECT_EQ(refusal("PUT", "/api/v1/cart/items/sku_1", bearer), "");
  EXPECT_EQ(refusal("POST", "/hooks/payments/sandbox", elsewhere), "");
  // A browser adds this one by itself, for a proxy with Basic authentication.
  auto basic = elsewhere;
  basic.add("Authorization", "Basic dTpw");
  EXPECT_EQ(refusal("PUT", "/api/v1/cart/items/sku_1", basic), "cross_site");
}

}  // namespace
}  // namespace bramble::edge
