// Reads arbitrary forms, queries and return paths: the result is text, is written as it was read, and leads
// to this site only.
#include "gateways/pages/form.h"

#include "base/text.h"
#include "testing/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  pages::Form form(bytes);
  pages::QueryText again;
  for (const auto& [name, value] : form) {
    require(is_utf8(name) && is_utf8(value));
    again.add(percent_encode(name), value);
  }
  pages::Form reread(again.text());
  require(std::equal(form.begin(), form.end(), reread.begin(), reread.end()));
  form.integer("page");
  for (std::string_view way : {bytes, form.get("back")}) {
    auto back = pages::safe_back(way);
    require(back.starts_with('/') && (back.size() == 1 || (back[1] != '/' && back[1] != '\\')));
    require(back.find_first_of("\r\n\t ") == std::string::npos);
  }
  return 0;
}
