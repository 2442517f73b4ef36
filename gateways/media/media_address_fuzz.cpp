// Reads arbitrary picture addresses: an address that is read is written the same.
#include "gateways/media/media_address.h"

#include <array>

#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::array<std::string, 4> parts;
  for (auto& part : parts) {
    auto end = std::min(rest.find('/'), rest.size());
    part = percent_decode(rest.substr(0, end), false).value_or("");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  auto& [art, colour, brand, file] = parts;
  auto picture = media::read_goods(art, colour, brand, file);
  if (!picture) return 0;
  auto address = media::goods_address(*picture);
  auto last = address.substr(address.rfind('/') + 1);
  if (media::read_goods(art, colour, brand, last) != picture) __builtin_trap();
  return 0;
}
