// What accompanies every request unchanged: its deadline, its trace and its caller.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"

namespace bramble {

// W3C trace context. Zero means none.
struct Trace {
  std::uint64_t trace_high = 0;
  std::uint64_t trace_low = 0;
  std::uint64_t span = 0;
  bool operator==(const Trace&) const = default;
};

// "00-<32 hex>-<16 hex>-01". `parse_traceparent` returns a zero Trace for malformed text.
std::string to_traceparent(const Trace& trace);
Trace parse_traceparent(std::string_view text);
// The 32 hexadecimal digits that logs and traces are searched by; empty if there are none.
std::string trace_id_of(const Trace& trace);

enum class CallerKind { nobody, buyer, staff, system };

// The caller. Gateways authenticate it; services authorise it for what they own.
struct Caller {
  CallerKind kind = CallerKind::nobody;
  std::string id;                  // usr_… of a signed-in person, or the name of a module
  std::vector<std::string> roles;  // staff: "admin", "support", "warehouse"
  std::string site;                // of a warehouse worker; otherwise empty

  bool has_role(std::string_view role) const;
  bool operator==(const Caller&) const = default;
};

struct Call {
  Time deadline{INT64_MAX};
  Trace trace;
  Caller caller;
  std::string request_id;
  std::string language;  // of the reply's reader: "ru" or "en"; empty: the language of the goods

  bool operator==(const Call&) const = default;
};

// A call that the platform makes for itself: for a job, an event or a repair.
Call system_call(std::string module, Time deadline, Trace trace = {});

}  // namespace bramble
