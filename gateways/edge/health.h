// GET /livez and GET /readyz, the same on every server.
#pragma once

#include <functional>
#include <vector>

#include "gateways/edge/route.h"

namespace bramble::edge {

// Alive as soon as it answers; ready (200, otherwise 503) while `ready` says so.
std::vector<Route> health_routes(std::function<bool()> ready);

}  // namespace bramble::edge
