// Counts refused requests for the security log, by kind, by person or address, and by route, and reports them
// once a minute. The number of counts is bounded, so that an attacker fills neither memory nor the log.
#pragma once

#include <map>
#include <string>
#include <tuple>

#include "gateways/edge/route.h"
#include "ports/clock.h"
#include "services/security/security.api.h"

namespace bramble::edge {

class SecurityWatch {
 public:
  explicit SecurityWatch(security::SecurityApi& log) : log_(log) {}

  // Counts an answer if its status is 401, 403 or 429.
  void see(const RouteInfo& info, const HttpCall& http, int status, std::string_view code);
  // Reports the counts. Counts that cannot be reported stay for the next time.
  Task<void> tell(Call call);

 private:
  struct RefusalCount {
    std::int64_t times = 0;
    std::string address;
  };
  using Name = std::tuple<std::string, std::string, std::string, std::string>;  // kind, who, route, code

  security::NoteRequest taken();
  void put_back(const security::NoteRequest& request);

  security::SecurityApi& log_;
  std::map<Name, RefusalCount> counts_;
  std::int64_t overflow_ = 0;
};

}  // namespace bramble::edge
