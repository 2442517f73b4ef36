// The Xapian engine of the search port, for the list of engines.
#pragma once

#include "runtime/engine.h"

namespace bramble {

Engine xapian_engine();

}  // namespace bramble
