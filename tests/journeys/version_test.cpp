#include <gtest/gtest.h>

#include "tests/harness/instance.h"

namespace bramble::journeys {

using namespace harness;
namespace {

TEST(Version, IsThatOfTheProject) {
  auto told = run_bramble({"--version"});
  EXPECT_EQ(told.code, 0) << told.errors;
  EXPECT_EQ(told.output, "bramble " BRAMBLE_VERSION "\n");
}

}  // namespace
}  // namespace bramble::journeys
