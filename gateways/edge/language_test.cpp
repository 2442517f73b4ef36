#include "gateways/edge/language.h"

#include <gtest/gtest.h>

namespace bramble::edge {
namespace {

std::string_view chosen(std::string accept, std::string cookie = {}) {
  HttpRequest request;
  if (!accept.empty()) request.headers.add("Accept-Language", std::move(accept));
  if (!cookie.empty()) request.headers.add("Cookie", std::move(cookie));
  return language_of(request);
}

TEST(LanguageTest, TheBrowsersPreferenceDecides) {
  EXPECT_EQ(chosen(""), "ru");
  EXPECT_EQ(chosen("en"), "en");
  EXPECT_EQ(chosen("EN-gb, ru;q=0.5"), "en");
  EXPECT_EQ(chosen("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7"), "ru");
  EXPECT_EQ(chosen("de, fr;q=0.9, en;q=0.3, ru;q=0.2"), "en");
  EXPECT_EQ(chosen("en;q=0.25, ru;q=0.5"), "ru");
  EXPECT_EQ(chosen("de, *"), "ru");
}

TEST(LanguageTest, WhatIsNoPreferenceIsRussian) {
  EXPECT_EQ(chosen("en;q=0"), "ru");
  EXPECT_EQ(chosen("en;q=x"), "ru");
  EXPECT_EQ(chosen("eng, e, -, ;, ,,"), "ru");
  EXPECT_EQ(chosen(std::string(500, ',') + "en"), "ru");
}

TEST(LanguageTest, TheReadersChoiceComesFirst) {
  EXPECT_EQ(chosen("en", "a=b; lang=ru"), "ru");
  EXPECT_EQ(chosen("ru", "lang=en; a=b"), "en");
  EXPECT_EQ(chosen("en", "lang=de"), "en");
  EXPECT_EQ(chosen("ru", "mylang=en"), "ru");
}

}  // namespace
}  // namespace bramble::edge
