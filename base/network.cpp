#include "base/network.h"

#include "base/ip_address.h"
#include "base/text.h"

namespace bramble {

Networks networks_of(std::string_view text) {
  auto address = IpAddress::parse(text);
  if (!address) return {};
  auto first = [&](std::size_t count) {
    return (address->is_v4 ? "v4/" : "v6/") +
           to_hex({reinterpret_cast<const char*>(address->bytes.data()), count});
  };
  if (address->is_v4) return {first(4), first(3)};
  return {first(8), first(6)};
}

}  // namespace bramble
