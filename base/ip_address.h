// IP addresses and networks as values. An IPv4 address inside IPv6 ("::ffff:1.2.3.4") is the IPv4 address,
// so an address has one text and one set of networks.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bramble {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};  // IPv4 uses the first four
  bool is_v4 = false;

  // "192.0.2.1" or "2001:db8::1", without brackets, port or zone.
  static std::optional<IpAddress> parse(std::string_view text);
  static IpAddress v4(const std::uint8_t* four);
  static IpAddress v6(const std::uint8_t* sixteen);

  std::string text() const;
  bool is_loopback() const;
  bool operator==(const IpAddress&) const = default;
};

struct IpNetwork {
  IpAddress first;
  int bits = 0;

  // "10.0.0.0/8", "2001:db8::/32", or one address. Bits behind the prefix must be zero.
  static std::optional<IpNetwork> parse(std::string_view text);
  bool contains(const IpAddress& address) const;
  bool operator==(const IpNetwork&) const = default;
};

bool is_in(const std::vector<IpNetwork>& networks, const IpAddress& address);

bool is_loopback(std::string_view address);

// What limits count an address as: the IPv4 address itself, or the /64 of an IPv6 address, which one
// customer of a provider has. Text that is no address is returned unchanged.
std::string one_client(std::string_view address);

}  // namespace bramble
