#include "base/ascii.h"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(Ascii, OnlyItsLettersHaveNoCase) {
  EXPECT_EQ(ascii_lower("Bearer AZ@[`{ Ж"), "bearer az@[`{ Ж");
  EXPECT_TRUE(is_same_ascii("Application/JSON", "application/json"));
  EXPECT_TRUE(is_same_ascii("", ""));
  EXPECT_FALSE(is_same_ascii("json", "jsonp"));
  EXPECT_FALSE(is_same_ascii("@", "`"));
  EXPECT_FALSE(is_same_ascii("Ж", "ж"));
}

}  // namespace
}  // namespace bramble
