// Paths as anyone may send them.
#include "base/text.h"
#include "gateways/edge/path_tree.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bramble::edge::PathTree tree = [] {
    bramble::edge::PathTree made;
    made.add("GET", "/", 0);
    made.add("GET", "/a/{x}/b", 1);
    made.add("GET", "/a/{x}/{y}", 2);
    made.add("GET", "/a/b/c/{z}", 3);
    return made;
  }();
  auto match = tree.find({reinterpret_cast<const char*>(data), size});
  for (const auto& [name, value] : match.values) {
    if (value.empty() || !bramble::is_utf8(value)) __builtin_trap();
  }
  return 0;
}
