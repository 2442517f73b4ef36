// Notes each action of support and admins in the security log before it runs, and its outcome afterwards. An
// action that cannot be noted does not run.
#pragma once

#include "gateways/edge/route.h"
#include "ports/clock.h"
#include "runtime/log.h"
#include "services/security/security.api.h"

namespace bramble::ops {

class StaffActions {
 public:
  StaffActions(security::SecurityApi& log, const Clock& clock, Logger& logger)
      : log_(log), clock_(clock), logger_(logger) {}

  // Runs the route, as RouterHooks::invoke. Throws what the route throws, and Error unavailable "not_logged".
  Task<HttpResponse> run(const edge::Route& route, edge::HttpCall& http);

 private:
  Task<void> note(std::string kind, const edge::RouteInfo& info, const edge::HttpCall& http,
                  std::string detail);
  Task<void> note_outcome(const edge::RouteInfo& info, const edge::HttpCall& http, std::string outcome);

  security::SecurityApi& log_;
  const Clock& clock_;
  Logger& logger_;
};

}  // namespace bramble::ops
