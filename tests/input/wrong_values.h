// Everything that a value of a contract may not be.
#pragma once

#include <string>
#include <vector>

#include "tests/input/contract.h"

namespace bramble::input {

struct WrongValue {
  std::string what;     // for people
  std::string text;     // as JSON, or percent-encoded for an address
  bool syntax = false;  // not JSON at all, so no field can be named
};

std::vector<WrongValue> wrong_in_body(const Schema& schema);
std::vector<WrongValue> wrong_in_address(const Schema& schema, Place place);

}  // namespace bramble::input
