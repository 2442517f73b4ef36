// The engines of the HTTP ports, for the list of engines.
#pragma once

#include "runtime/engine.h"

namespace bramble {

Engine curl_engine();   // the client
Engine beast_engine();  // the server

}  // namespace bramble
