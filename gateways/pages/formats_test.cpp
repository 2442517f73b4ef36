#include "gateways/pages/formats.h"

#include <gtest/gtest.h>

namespace bramble::pages {
namespace {

TEST(FormatsTest, MoneyIsWrittenAsItsReadersDo) {
  Formats russian("ru", "Europe/Moscow");
  EXPECT_EQ(russian.money(rub(199'900)), "1\u202F999\u00A0₽");
  EXPECT_EQ(russian.money(rub(123'456'789)), "1\u202F234\u202F567,89\u00A0₽");
  EXPECT_EQ(russian.money(rub(0)), "0\u00A0₽");
  EXPECT_EQ(russian.money(rub(-5'000)), "-50\u00A0₽");
  Formats english("en", "Europe/Moscow");
  EXPECT_EQ(english.money(rub(199'900)), "₽1,999");
  EXPECT_EQ(english.money(rub(199'950)), "₽1,999.50");
  EXPECT_EQ(english.money({250'000, "USD"}), "$2,500");
}

TEST(FormatsTest, NumbersHaveTheirSeparators) {
  Formats russian("ru", "Europe/Moscow");
  Formats english("en", "Europe/Moscow");
  EXPECT_EQ(russian.number(1'234'567), "1\u202F234\u202F567");
  EXPECT_EQ(english.number(1'234'567), "1,234,567");
  EXPECT_EQ(russian.rating(4.66), "4,7");
  EXPECT_EQ(english.rating(5), "5.0");
  EXPECT_EQ(russian.distance(347), "350\u00A0м");
  EXPECT_EQ(english.distance(1'440), "1.4\u00A0km");
}

TEST(FormatsTest, DatesAreOfTheReadersTimeZone) {
  auto late = *parse_rfc3339("2026-11-26T22:05:00Z");
  auto later = *parse_rfc3339("2026-11-28T12:00:00Z");
  Formats russian("ru", "Europe/Moscow");
  EXPECT_EQ(russian.day(late), "27 ноября");
  EXPECT_EQ(russian.deadline(late), "01:05 GMT+3");
  EXPECT_EQ(russian.days(late, later), "27–28 ноября");
  EXPECT_NE(russian.moment(late).find("01:05"), std::string::npos);
  Formats english("en", "UTC");
  EXPECT_EQ(english.day(late), "26 November");
  EXPECT_EQ(english.days(late, *parse_rfc3339("2026-12-02T12:00:00Z")), "26 November\u2009–\u20092 December");
}

}  // namespace
}  // namespace bramble::pages
