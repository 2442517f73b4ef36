// What support and admins do on Ops goes into the security log before it is done; what cannot be noted is not
// done. How it ended follows.
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
