#include "base/network.h"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(Networks, AreTheHostAndItsBlock) {
  EXPECT_EQ(networks_of("203.0.113.7").host, "v4/cb007107");
  EXPECT_EQ(networks_of("203.0.113.7").block, "v4/cb0071");
  EXPECT_EQ(networks_of("::ffff:203.0.113.7").host, "v4/cb007107");
  EXPECT_EQ(networks_of("2001:db8:1:2:3::4").host, "v6/20010db800010002");
  EXPECT_EQ(networks_of("2001:db8:1:2:3::4").block, "v6/20010db80001");
  EXPECT_EQ(networks_of("unix").host, "");
  EXPECT_EQ(networks_of("").block, "");
}

}  // namespace
}  // namespace bramble
