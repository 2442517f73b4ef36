// Any bytes from a scanner: a GTIN has one form, which reads as itself, and what is none keeps its text.
#include <string>

#include "base/goods_code.h"
#include "testing/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto code = read_goods_code(text);
  require(is_same_goods_code(text, text));
  require(!(is_gtin(text) && has_wrong_check_digit(text)));
  if (!code.is_gtin) {
    require(code.key.size() <= size && text.find(code.key) != std::string_view::npos && code.serial.empty());
    return 0;
  }
  require(code.key.size() == 14 && is_gtin(code.key) && code.serial.size() <= 20);
  require(read_goods_code(code.key).key == code.key);
  require(is_same_goods_code(text, "]d201" + code.key + "21" + (code.serial.empty() ? "1" : "x")));
  return 0;
}
