// Any bytes as a message and as a JSON body: they are read or refused, and what was read survives being
// written.
#include "tools/rpcgen/testdata/window.json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble;
  using sample::Everything;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    auto first = Everything::decode(bytes).encode();
    // Compared as bytes, since a NaN is not equal to itself.
    if (Everything::decode(first).encode() != first) __builtin_trap();
  } catch (const Error& error) {
    if (error.code != ErrorCode::invalid) __builtin_trap();
  }
  try {
    auto first = to_json(from_json<Everything>(bytes));
    JsonDocument::parse(first);
  } catch (const Error& error) {
    if (error.code != ErrorCode::invalid) __builtin_trap();
  }
  return 0;
}
