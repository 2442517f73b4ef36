// The networks of an address that limits count: one that a single person is likely to have, and a wider one
// that an attacker is likely to have.
#pragma once

#include <string>
#include <string_view>

namespace bramble {

struct Networks {
  std::string host;   // an IPv4 address, an IPv6 /64: "v4/cb007107"
  std::string block;  // an IPv4 /24, an IPv6 /48
};

// Both are empty for text that is no address. An IPv4 address inside IPv6 is the IPv4 address.
Networks networks_of(std::string_view text);

}  // namespace bramble
