// A failure as it is kept beside a message and in the log: "unavailable no_route: the bank does not answer".
#pragma once

#include <exception>
#include <string>

namespace bramble {

// At most 500 bytes of valid UTF-8.
std::string failure_text(const std::exception& failure);

// Whether the failure says nothing against the message itself: unavailable or timeout.
bool is_passing(const std::exception& failure);

}  // namespace bramble
