#include "gateways/storefront/pages/typed_phone.h"

#include <gtest/gtest.h>

namespace bramble::storefront {
namespace {

TEST(TypedPhone, IsReadHoweverItIsWritten) {
  const std::pair<const char*, const char*> cases[] = {
      {"+79001234567", "+79001234567"},
      {"8 (900) 123-45-67", "+79001234567"},
      {"900 123 45 67", "+79001234567"},
      {"7 900 123 45 67", "+79001234567"},
      {"\u00A0+7\u00A0900\u00A0123‑45–67", "+79001234567"},
      {"+375 29 123-45-67", "+375291234567"},
      {"00 44 20 7946 0958", "+442079460958"},
  };
  for (const auto& [typed, phone] : cases) EXPECT_EQ(phone_of(typed).value_or("none"), phone) << typed;
}

TEST(TypedPhone, WhatCannotBeANumberIsNone) {
  for (const char* typed : {"", "+", "123", "44 20 7946 0958", "9001234567x", "+7 900 123-45-67-89-01-23",
                            "+0900123456", "7+9001234567", "++79001234567", "<script>"}) {
    EXPECT_FALSE(phone_of(typed).has_value()) << typed;
  }
}

TEST(TypedPhone, IsShownInGroups) {
  EXPECT_EQ(phone_text("+79001234567"), "+7\u00A0900\u00A0123\u201145\u201167");
  EXPECT_EQ(phone_text("+375291234567"), "+375291234567");
}

}  // namespace
}  // namespace bramble::storefront
