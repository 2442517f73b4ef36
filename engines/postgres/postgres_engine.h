// The PostgreSQL engine of the database port, for the list of engines.
#pragma once

#include "runtime/engine.h"

namespace bramble {

Engine postgres_engine();

}  // namespace bramble
