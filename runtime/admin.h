// What operators and machines ask a process about itself: is it alive, is it ready, how are its parts, its
// metrics.
#pragma once

#include <functional>
#include <vector>

#include "ports/http.h"
#include "runtime/module.h"

namespace bramble {

struct AdminSources {
  std::function<bool()> ready;
  std::function<std::vector<HealthLine>()> health;
  std::function<std::string()> metrics;
};

// GET /livez, /readyz, /health, /metrics; for the admin port alone, since it tells details to anyone.
HttpHandler admin_handler(AdminSources sources);

// Lets a server answer GET /livez and /readyz before its own handler is asked.
HttpHandler with_probes(HttpHandler handler, std::function<bool()> ready);

// The lines as JSON, and 503 if one of them is not well.
HttpResponse health_response(const std::vector<HealthLine>& lines);

}  // namespace bramble
