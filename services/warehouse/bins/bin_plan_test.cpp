#include "services/warehouse/bins/bin_plan.h"

#include <gtest/gtest.h>

namespace bramble::warehouse {
namespace {

TEST(BinPlan, NamesTheBinsOfItsRanges) {
  struct Case {
    const char* plan;
    const char* bin;
    bool known;
  };
  const Case cases[] = {
      {"{A..F}-{01..40}-{1..9}", "A-01-1", true},
      {"{A..F}-{01..40}-{1..9}", "F-40-9", true},
      {"{A..F}-{01..40}-{1..9}", "G-01-1", false},
      {"{A..F}-{01..40}-{1..9}", "A-41-1", false},
      {"{A..F}-{01..40}-{1..9}", "A-00-1", false},
      {"{A..F}-{01..40}-{1..9}", "A-1-1", false},
      {"{A..F}-{01..40}-{1..9}", "A-01-10", false},
      {"{A..F}-{01..40}-{1..9}", "a-01-1", false},
      {"{A..F}-{01..40}-{1..9}", "A-01", false},
      {"A-{1..12}", "A-1", true},
      {"A-{1..12}", "A-12", true},
      {"A-{1..12}", "A-01", false},
      {"A-{1..12}", "A-13", false},
      {"DOCK", "DOCK", true},
      {"DOCK", "DOCK1", false},
      {"{A..B}{1..12}{A..B}", "A11B", true},
      {"{1..12}{0..9}", "112", true},
      {"{1..12}{0..9}", "1", false},
  };
  for (const auto& at : cases) {
    ASSERT_EQ(fault_of_plan(at.plan), "") << at.plan;
    EXPECT_EQ(is_bin_of(at.plan, at.bin), at.known) << at.plan << " " << at.bin;
  }
}

TEST(BinPlan, SaysWhatIsWrongWithIt) {
  for (const char* plan :
       {"", "{A..F", "{A}", "{F..A}", "{40..01}", "{A..9}", "{a..f}", "{1..1234567}", "A 1", "{..}",
        "{A..F}}", "{100..20}", "{1..2}{1..2}{1..2}{1..2}{1..2}{1..2}{1..2}"}) {
    EXPECT_NE(fault_of_plan(plan), "") << plan;
  }
  EXPECT_NE(fault_of_plan(std::string(129, 'A')), "");
}

TEST(BinPlan, WithoutPlansAnyBinIsKnown) {
  EXPECT_TRUE(is_known_bin({}, "FLOOR7"));
  EXPECT_FALSE(is_known_bin({"A-{1..2}", "DOCK"}, "FLOOR7"));
  EXPECT_TRUE(is_known_bin({"A-{1..2}", "DOCK"}, "DOCK"));
}

}  // namespace
}  // namespace bramble::warehouse
