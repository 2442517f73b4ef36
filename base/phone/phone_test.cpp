#include "base/phone/phone.h"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(Phone, IsOneNumberHoweverItIsWritten) {
  const std::pair<const char*, const char*> cases[] = {
      {"+79001234567", "+79001234567"},           {"8 (900) 123-45-67", "+79001234567"},
      {"8-900-123-45-67", "+79001234567"},        {"900 123 45 67", "+79001234567"},
      {"7 900 123 45 67", "+79001234567"},        {"tel:+7-900-123-45-67", "+79001234567"},
      {"８９００１２３４５６７", "+79001234567"}, {"+375 29 123-45-67", "+375291234567"},
      {"+44 20 7946 0958", "+442079460958"},      {"+44 (0)20 7946 0958", "+442079460958"},
      {"+44(0) 20 7946 0958", "+442079460958"},   {"(+44) 20 7946 0958", "+442079460958"},
      {"00 44 20 7946 0958", "+442079460958"},    {"0044 (0)20 7946 0958", "+442079460958"},
      {"8 10 44 20 7946 0958", "+442079460958"},  {"+39 06 6982 0000", "+390669820000"},
      {"+1 (202) 555-0101", "+12025550101"},      {"+52 1 55 1234 5678", "+525512345678"},
      {"+49 30 901820", "+4930901820"},
  };
  for (const auto& [typed, number] : cases) {
    auto reading = read_phone(typed);
    EXPECT_EQ(reading.number, number) << typed << ": " << code_of(reading.fault);
  }
}

TEST(Phone, MarksThatCopyingBringsAlongMeanNothing) {
  for (const char* mark : {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u202F", "\u200E",
                           "\u200F", "\u200B", "\u2060", "\u2066", "\u2069", "\uFEFF", "\u00AD",
                           "\u2212", "\u2011", "\u2013", "\u00A0", "\u2009", "\t",     "\n"}) {
    auto typed = mark + std::string("+7") + mark + "900" + mark + "123" + mark + "4567" + mark;
    EXPECT_EQ(read_phone(typed).number, "+79001234567") << typed;
  }
}

TEST(Phone, WhatIsWrongIsSaid) {
  const std::pair<const char*, PhoneFault> cases[] = {
      {"", PhoneFault::not_a_number},
      {"+", PhoneFault::not_a_number},
      {"()", PhoneFault::not_a_number},
      {"9001234567x", PhoneFault::not_a_number},
      {"call +79001234567", PhoneFault::not_a_number},
      {"+7 900 CALL NOW", PhoneFault::not_a_number},
      {"+79001234567 ext. 3", PhoneFault::not_a_number},
      {"+7 900 123-45-67, +7 900 765-43-21", PhoneFault::not_a_number},
      {"7+9001234567", PhoneFault::not_a_number},
      {"++79001234567", PhoneFault::not_a_number},
      {"<script>", PhoneFault::not_a_number},
      {"\xFF\xFE", PhoneFault::not_a_number},
      {"+8 900 123-45-67", PhoneFault::unknown_country},
      {"+0900123456", PhoneFault::unknown_country},
      {"+7 900 123-45-6", PhoneFault::too_short},
      {"+7 900 123-45-678", PhoneFault::too_long},
      {"900 123 45 6", PhoneFault::too_short},
      {"8 900 123-45-6", PhoneFault::unassigned},
      {"123", PhoneFault::too_short},
      {"44 20 7946 0958", PhoneFault::no_country},
      {"+7 900 123-45-67-89-01-23", PhoneFault::too_long},
      {"+7 8 900 123-45-67", PhoneFault::trunk_prefix},
      {"7 8 900 123-45-67", PhoneFault::trunk_prefix},
      {"+44 020 7946 0958", PhoneFault::trunk_prefix},
      {"+44 20 7946 09583", PhoneFault::too_long},
      {"+44 20 7946 095", PhoneFault::unassigned},
      {"+7 000 000-00-00", PhoneFault::unassigned},
  };
  for (const auto& [typed, fault] : cases) {
    auto reading = read_phone(typed);
    EXPECT_EQ(reading.fault, fault) << typed << ": " << code_of(reading.fault) << " " << reading.number;
    EXPECT_TRUE(reading.number.empty()) << typed;
    EXPECT_FALSE(code_of(reading.fault).empty() || words_of(reading.fault).empty()) << typed;
  }
  EXPECT_EQ(read_phone(std::string(1'000'000, '7')).fault, PhoneFault::not_a_number);
}

TEST(Phone, IsShownAsItsCountryWritesItInOneLine) {
  EXPECT_EQ(phone_text("+79001234567"), "+7\u00A0900\u00A0123\u201145\u201167");
  EXPECT_EQ(phone_text("+375291234567"), "+375\u00A029\u00A0123\u201145\u201167");
  EXPECT_EQ(phone_text("+442079460958"), "+44\u00A020\u00A07946\u00A00958");
  EXPECT_EQ(phone_text("nobody"), "nobody");
}

TEST(Phone, NumbersWithoutACountryAreOfTheHomeRegion) {
  EXPECT_TRUE(set_home_region("GB"));
  EXPECT_EQ(read_phone("020 7946 0958").number, "+442079460958");
  EXPECT_NE(read_phone("8 900 123-45-67").number, "+79001234567");
  EXPECT_EQ(read_phone("+7 900 123-45-67").number, "+79001234567");
  EXPECT_FALSE(set_home_region("XX"));
  EXPECT_FALSE(set_home_region("ru"));
  set_home_region("RU");
}

}  // namespace
}  // namespace bramble
