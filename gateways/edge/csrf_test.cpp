#include "gateways/edge/csrf.h"

#include <gtest/gtest.h>

namespace bramble::edge {
namespace {

TEST(CsrfTokensTest, ATokenIsGoodForItsBrowserAndPersonOnly) {
  CsrfTokens tokens("a key");
  auto token = tokens.token("browser-1", "usr_1");
  EXPECT_TRUE(tokens.is_token(token, "browser-1", "usr_1"));
  EXPECT_FALSE(tokens.is_token(token, "browser-2", "usr_1"));
  EXPECT_FALSE(tokens.is_token(token, "browser-1", "usr_2"));
  EXPECT_FALSE(tokens.is_token(token, "browser-1", ""));
  EXPECT_FALSE(tokens.is_token("", "browser-1", "usr_1"));
  EXPECT_FALSE(tokens.is_token(tokens.token("", ""), "", ""));
  EXPECT_FALSE(CsrfTokens("another key").is_token(token, "browser-1", "usr_1"));
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
