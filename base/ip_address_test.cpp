#include "base/ip_address.h"

#include <gtest/gtest.h>

namespace bramble {
namespace {

std::string read(std::string_view text) {
  auto address = IpAddress::parse(text);
  return address ? address->text() : "none";
}

TEST(IpAddress, HasOneTextHoweverItCame) {
  EXPECT_EQ(read("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(read("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(read("2001:DB8:0:0::1"), "2001:db8::1");
}

TEST(IpAddress, IsNothingElse) {
  using namespace std::string_view_literals;
  for (auto text : {""sv, "1.2.3"sv, "1.2.3.4.5"sv, "1.2.3.4:80"sv, "[::1]"sv, "fe80::1%eth0"sv,
                    "localhost"sv, "1.2.3.4\0"sv, "256.1.1.1"sv, " 1.2.3.4"sv}) {
    EXPECT_EQ(read(text), "none") << text;
  }
}

TEST(IpAddress, KnowsLoopback) {
  EXPECT_TRUE(is_loopback("127.0.0.1"));
  EXPECT_TRUE(is_loopback("127.8.0.1"));
  EXPECT_TRUE(is_loopback("::1"));
  EXPECT_TRUE(is_loopback("::ffff:127.0.0.1"));
  EXPECT_FALSE(is_loopback("128.0.0.1"));
  EXPECT_FALSE(is_loopback("::"));
  EXPECT_FALSE(is_loopback("127.0.0.1.evil.test"));
}

TEST(IpNetwork, ContainsWhatItsPrefixSays) {
  struct Case {
    const char* network;
    const char* address;
    bool contains;
  };
  for (const auto& one : {Case{"10.0.0.0/8", "10.255.0.1", true}, Case{"10.0.0.0/8", "11.0.0.1", false},
                          Case{"192.0.2.4/30", "192.0.2.7", true}, Case{"192.0.2.4/30", "192.0.2.8", false},
                          Case{"192.0.2.1", "192.0.2.1", true}, Case{"0.0.0.0/0", "8.8.8.8", true},
                          Case{"0.0.0.0/0", "::1", false}, Case{"2001:db8::/33", "2001:db8:7fff::1", true},
                          Case{"2001:db8::/33", "2001:db8:8000::1", false}, Case{"::/0", "1.2.3.4", false},
                          Case{"10.0.0.0/8", "::ffff:10.1.1.1", true}}) {
    auto network = IpNetwork::parse(one.network);
    ASSERT_TRUE(network) << one.network;
    EXPECT_EQ(network->contains(*IpAddress::parse(one.address)), one.contains)
        << one.address << " in " << one.network;
  }
}

TEST(IpNetwork, RefusesWhatIsNone) {
  for (const char* text :
       {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "/8", "ten"}) {
    EXPECT_FALSE(IpNetwork::parse(text)) << text;
  }
}

TEST(OneClient, IsTheAddressOrTheSixtyFourOfAProvidersCustomer) {
  EXPECT_EQ(one_client("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(one_client("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(one_client("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
  EXPECT_EQ(one_client("somebody"), "somebody");
}

}  // namespace
}  // namespace bramble
