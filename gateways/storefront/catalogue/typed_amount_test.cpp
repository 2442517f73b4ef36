#include "gateways/storefront/catalogue/typed_amount.h"

#include <gtest/gtest.h>

#include "gateways/pages/formats.h"

namespace bramble::storefront {
namespace {

TEST(TypedAmount, IsReadHoweverItIsWritten) {
  const std::pair<const char*, std::int64_t> cases[] = {
      {"1000", 100'000},
      {"1 000", 100'000},
      {"1\u00A0000\u00A0₽", 100'000},
      {"1\u202F000", 100'000},
      {"1\u20092 3", 12'300},
      {"1000,50", 100'050},
      {"1000,5", 100'050},
      {"1000.05", 100'005},
      {"1000,", 100'000},
      {"1,000", 100'000},
      {"1.000", 100'000},
      {"1,234,567.89", 123'456'789},
      {"1.234.567,89", 123'456'789},
      {"₽1,000.50", 100'050},
      {"1 000 руб.", 100'000},
      {"0", 0},
      {"007", 700},
      {"1000000000", 100'000'000'000},
  };
  for (const auto& [typed, amount] : cases) EXPECT_EQ(amount_of(typed), amount) << typed;
}

TEST(TypedAmount, WhatCannotBeAnAmountIsNone) {
  for (const char* typed :
       {"", " ", "₽", ",", ".", "-5", "5-10", "1e3", "1,00,000", "1,0000", "12,34,5.678", "1.2.3",
        "1000000001", "99999999999999999999", "0x10", "price", "1000;50", "\xFF"}) {
    EXPECT_FALSE(amount_of(typed)) << typed;
  }
}

TEST(TypedAmount, WhatTheShopWritesIsReadAsItIs) {
  for (const char* language : {"ru", "en"}) {
    pages::Formats formats(language, "Europe/Moscow");
    for (std::int64_t amount : {0, 1, 50, 99'900, 100'000, 100'050, 123'456'700, 123'456'789}) {
      auto text = formats.money({amount, "RUB"});
      EXPECT_EQ(amount_of(text), amount) << text;
      EXPECT_EQ(amount_of(amount_text(amount)), amount);
    }
  }
}

}  // namespace
}  // namespace bramble::storefront
