#include "base/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace bramble {

Networks networks_of(std::string_view address) {
  std::array<unsigned char, 16> bytes{};
  std::string text(address);
  auto hex = [&](std::size_t from, std::size_t count, std::string_view family) {
    return std::string(family) + to_hex({reinterpret_cast<const char*>(bytes.data()) + from, count});
  };
  if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return {hex(0, 4, "v4/"), hex(0, 3, "v4/")};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return {};
  constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) return {hex(12, 4, "v4/"), hex(12, 3, "v4/")};
  return {hex(0, 8, "v6/"), hex(0, 6, "v6/")};
}

}  // namespace bramble
