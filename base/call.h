// What goes down unchanged with every request: until when it matters, how to find it in logs, who asks.
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

// "00-<32 hex>-<16 hex>-01", and back; parse gives a zero Trace for what is not one.
std::string to_traceparent(const Trace& trace);
Trace parse_traceparent(std::string_view text);
// The 32 hexadecimal digits by which logs and traces are searched; empty for none.
std::string trace_id_of(const Trace& trace);

enum class CallerKind { nobody, buyer, staff, system };

// Who asks. Services authorise with it what they own; gateways authenticate it.
struct Caller {
  CallerKind kind = CallerKind::nobody;
  std::string id;                  // usr_… of a signed-in person; the module's name for system
  std::vector<std::string> roles;  // staff: "admin", "support", "warehouse"
  std::string site;                // the site a warehouse worker belongs to; empty: none

  bool has_role(std::string_view role) const;
  bool operator==(const Caller&) const = default;
};

struct Call {
  Time deadline{INT64_MAX};
  Trace trace;
  Caller caller;
  std::string request_id;
  std::string language;  // of who reads the answer: "ru" or "en"; empty: whatever the goods came in

  bool operator==(const Call&) const = default;
};

// A call that the platform makes of its own accord: a job, an event, a repair.
Call system_call(std::string module, Time deadline, Trace trace = {});

}  // namespace bramble
