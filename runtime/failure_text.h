// A failure as it is kept beside a message and in the log: "unavailable no_route: the bank does not answer".
#pragma once

#include <exception>
#include <string>

namespace bramble {

// At most 500 bytes of valid UTF-8.
std::string failure_text(const std::exception& failure);

// Whether the failure says nothing against the message itself: unavailable or timeout.
bool is_passing(const std::exception& failure);

// Whether it was one of our own stores that failed (full, locked, out of reach). What is held up by that goes
// on soon after the store does, so its pauses do not grow.
bool is_of_own_store(const std::exception& failure);

}  // namespace bramble
