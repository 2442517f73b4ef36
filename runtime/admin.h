// What operators and monitoring ask a process: is it alive, is it ready, its health, its metrics.
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

// GET /livez, /readyz, /health, /metrics. Only for the admin port: it shows details to everyone.
HttpHandler admin_handler(AdminSources sources);

// Makes a server answer GET /livez and /readyz itself; other requests go to its handler.
HttpHandler with_probes(HttpHandler handler, std::function<bool()> ready);

// The lines as JSON, with status 503 if one of them is not ok.
HttpResponse health_response(const std::vector<HealthLine>& lines);

}  // namespace bramble
