// The text of a failure for message tables and the log: "unavailable no_route: the bank does not answer".
#pragma once

#include <exception>
#include <string>

namespace bramble {

// At most 500 bytes of valid UTF-8.
std::string failure_text(const std::exception& failure);

// Whether the failure is temporary and not the fault of the message: unavailable or timeout.
bool is_passing(const std::exception& failure);

// Whether one of our own stores failed (full, locked, unreachable). Retries then do not back off, so that
// they go on soon after the store works again.
bool is_of_own_store(const std::exception& failure);

}  // namespace bramble
