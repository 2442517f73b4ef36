#include "base/recent.h"

#include <gtest/gtest.h>

#include <string>

namespace bramble {
namespace {

TEST(Recent, GivesBackWhatWasPutOnce) {
  Recent<int, std::string> recent;
  recent.put(1, "one");
  recent.put(1, "uno");
  ASSERT_NE(recent.find(1), nullptr);
  EXPECT_EQ(*recent.find(1), "uno");
  EXPECT_EQ(recent.take(1), "uno");
  EXPECT_EQ(recent.take(1), std::nullopt);
  EXPECT_EQ(recent.find(1), nullptr);
}

TEST(Recent, KeepsTheNewestAndForgetsTheOldest) {
  Recent<int, int> recent(10);
  for (int i = 0; i < 100; ++i) recent.put(i, i);
  for (int i = 90; i < 100; ++i) EXPECT_EQ(recent.take(i), i);
  EXPECT_EQ(recent.find(0), nullptr);
  EXPECT_EQ(recent.find(79), nullptr);
}

TEST(Recent, ForgetsWhatIsForgottenWhereverItIs) {
  Recent<int, int> recent(2);
  for (int i = 0; i < 4; ++i) recent.put(i, i);
  recent.forget(0);
  recent.forget(3);
  for (int i : {0, 3}) EXPECT_EQ(recent.find(i), nullptr);
  EXPECT_EQ(recent.take(1), 1);
}

TEST(Recent, PutAgainIsNotFoundInItsOldForm) {
  Recent<int, int> recent(1);
  recent.put(1, 10);
  recent.put(2, 20);
  recent.put(1, 11);
  EXPECT_EQ(recent.take(1), 11);
  EXPECT_EQ(recent.take(1), std::nullopt);
}

}  // namespace
}  // namespace bramble
