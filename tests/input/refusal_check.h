// Checks an answer to bad input: it must be a problem document that says what is wrong, and never a 5xx.
#pragma once

#include <string>
#include <string_view>

#include "tests/harness/wire.h"

namespace bramble::input {

// What is wrong with the answer; empty if nothing. `field` must be named in it unless empty.
std::string check_refusal(const harness::Reply& reply, std::string_view field);

}  // namespace bramble::input
