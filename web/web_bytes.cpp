#include "web/web_files.h"

extern "C" const char bramble_web_bytes[];
extern "C" const char bramble_web_bytes_end[];

namespace bramble {

std::string_view web_bytes() {
  return {bramble_web_bytes, static_cast<std::size_t>(bramble_web_bytes_end - bramble_web_bytes)};
}

}  // namespace bramble
