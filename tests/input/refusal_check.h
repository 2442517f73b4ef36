// Whether an answer to bad input is as it must be: a problem that says what is wrong, and never a failure of
// ours.
#pragma once

#include <string>
#include <string_view>

#include "tests/harness/wire.h"

namespace bramble::input {

// What is wrong with the answer, or nothing. `field`: what must be named; empty: nothing need be.
std::string check_refusal(const harness::Reply& reply, std::string_view field);

}  // namespace bramble::input
