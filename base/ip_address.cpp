#include "base/ip_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace bramble {
namespace {

constexpr std::array<std::uint8_t, 12> wraps_v4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::size_t client_bytes = 8;  // a /64

}  // namespace

IpAddress IpAddress::v4(const std::uint8_t* four) {
  IpAddress address;
  address.is_v4 = true;
  std::copy_n(four, 4, address.bytes.begin());
  return address;
}

IpAddress IpAddress::v6(const std::uint8_t* sixteen) {
  if (std::equal(wraps_v4.begin(), wraps_v4.end(), sixteen)) return v4(sixteen + wraps_v4.size());
  IpAddress address;
  std::copy_n(sixteen, 16, address.bytes.begin());
  return address;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> word{};
  if (text.empty() || text.size() >= word.size()) return std::nullopt;
  std::copy(text.begin(), text.end(), word.begin());
  if (std::strlen(word.data()) != text.size()) return std::nullopt;
  std::array<std::uint8_t, 16> bytes;
  if (::inet_pton(AF_INET, word.data(), bytes.data()) == 1) return v4(bytes.data());
  if (::inet_pton(AF_INET6, word.data(), bytes.data()) == 1) return v6(bytes.data());
  return std::nullopt;
}

std::string IpAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> word{};
  ::inet_ntop(is_v4 ? AF_INET : AF_INET6, bytes.data(), word.data(), word.size());
  return word.data();
}

bool IpAddress::is_loopback() const {
  if (is_v4) return bytes[0] == 127;
  return bytes.back() == 1 &&
         std::all_of(bytes.begin(), bytes.end() - 1, [](auto byte) { return byte == 0; });
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
  auto slash = std::min(text.find('/'), text.size());
  auto first = IpAddress::parse(text.substr(0, slash));
  if (!first) return std::nullopt;
  IpNetwork network{*first, first->is_v4 ? 32 : 128};
  if (slash < text.size()) {
    const char* end = text.data() + text.size();
    int bits = -1;
    auto [stop, failure] = std::from_chars(text.data() + slash + 1, end, bits);
    if (failure != std::errc() || stop != end || bits < 0 || bits > network.bits) return std::nullopt;
    network.bits = bits;
  }
  for (int bit = network.bits; bit < (first->is_v4 ? 32 : 128); ++bit) {
    auto byte = first->bytes.at(static_cast<std::size_t>(bit / 8));
    if ((byte & (0x80U >> (bit % 8))) != 0) return std::nullopt;
  }
  return network;
}

bool IpNetwork::contains(const IpAddress& address) const {
  if (address.is_v4 != first.is_v4) return false;
  auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(first.bytes.begin(), first.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes.begin())) {
    return false;
  }
  if (bits % 8 == 0) return true;
  auto mask = static_cast<std::uint8_t>(0xFF00U >> (bits % 8));
  return ((first.bytes.at(whole) ^ address.bytes.at(whole)) & mask) == 0;
}

bool is_in(const std::vector<IpNetwork>& networks, const IpAddress& address) {
  return std::any_of(networks.begin(), networks.end(),
                     [&](const auto& network) { return network.contains(address); });
}

bool is_loopback(std::string_view text) {
  auto address = IpAddress::parse(text);
  return address && address->is_loopback();
}

std::string one_client(std::string_view text) {
  auto address = IpAddress::parse(text);
  if (!address) return std::string(text);
  if (address->is_v4) return address->text();
  std::fill(address->bytes.begin() + client_bytes, address->bytes.end(), std::uint8_t{0});
  return address->text() + "/64";
}

}  // namespace bramble
