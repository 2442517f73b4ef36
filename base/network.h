// An internet address as limits count it: the network that one person is likely to have, and the wider one
// that an attacker is likely to have.
#pragma once

#include <string>
#include <string_view>

namespace bramble {

struct Networks {
  std::string host;   // an IPv4 address, an IPv6 /64: "v4/cb007107"
  std::string block;  // an IPv4 /24, an IPv6 /48
};

// Both empty for text that is no address. An IPv4 address written as IPv6 is the IPv4 address.
Networks networks_of(std::string_view text);

}  // namespace bramble
