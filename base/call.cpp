#include "base/call.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace bramble {
namespace {

bool read_hex(std::string_view text, std::uint64_t& value) {
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return failure == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string to_traceparent(const Trace& trace) {
  std::array<char, 64> text{};
  int length = std::snprintf(text.data(), text.size(), "00-%016llx%016llx-%016llx-01",
                             static_cast<unsigned long long>(trace.trace_high),
                             static_cast<unsigned long long>(trace.trace_low),
                             static_cast<unsigned long long>(trace.span));
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string trace_id_of(const Trace& trace) {
  if (trace.trace_high == 0 && trace.trace_low == 0) return {};
  return to_traceparent(trace).substr(3, 32);
}

Trace parse_traceparent(std::string_view text) {
  Trace trace;
  bool shaped =
      text.size() >= 55 && text[2] == '-' && text[35] == '-' && text[52] == '-' && text.substr(0, 2) != "ff";
  if (!shaped || !read_hex(text.substr(3, 16), trace.trace_high) ||
      !read_hex(text.substr(19, 16), trace.trace_low) || !read_hex(text.substr(36, 16), trace.span)) {
    return {};
  }
  return trace;
}

bool Caller::has_role(std::string_view role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

Call system_call(std::string module, Time deadline, Trace trace) {
  Call call;
  call.deadline = deadline;
  call.trace = trace;
  call.caller.kind = CallerKind::system;
  call.caller.id = std::move(module);
  return call;
}

}  // namespace bramble
