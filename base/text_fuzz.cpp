// What small texts from outside are read by: encodings, times, trace contexts. What was read is written the
// same way.
#include "base/call.h"
#include "base/ids.h"
#include "base/text.h"
#include "base/time.h"
#include "testing/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  require(from_hex(to_hex(text)) == text);
  require(from_base64url(to_base64url(text)) == text);
  require(from_base64(to_base64(text)) == text);
  require(percent_decode(percent_encode(text), false) == text);
  if (auto bytes = from_base64url(text)) require(to_base64url(*bytes) == text);
  if (auto bytes = from_base64(text)) require(to_base64(*bytes) == text);
  percent_decode(text, true);
  if (is_utf8(text)) require(utf8_length(text) <= size);
  // Years beyond four digits are nobody's.
  if (auto time = parse_rfc3339(text)) require(parse_rfc3339(to_rfc3339(*time)).has_value());
  auto trace = parse_traceparent(text);
  if (trace != Trace{}) require(parse_traceparent(to_traceparent(trace)) == trace);
  if (auto id = OrderId::parse(text)) require(id->text() == text);
  return 0;
}
