// The SQLite engine of the database port, for the list of engines.
#pragma once

#include "runtime/engine.h"

namespace bramble {

Engine sqlite_engine();

}  // namespace bramble
