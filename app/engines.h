// Every engine of Bramble: the one list that knows them all.
#pragma once

#include <vector>

#include "runtime/engine.h"

namespace bramble {

// The first engine of a port is the port's default.
std::vector<Engine> all_engines();

}  // namespace bramble
