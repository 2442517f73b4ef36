// The memory engine of the cache port, for the list of engines.
#pragma once

#include "runtime/engine.h"

namespace bramble {

Engine memory_cache_engine();

}  // namespace bramble
