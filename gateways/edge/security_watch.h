// What a gateway refuses, gathered for the security log: counted by kind, by who or from where, and by route,
// and told once a minute. Bounded, so that whoever is refused a lot fills neither memory nor the log.
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

  // An answer that is about to leave; only 401, 403 and 429 are counted.
  void see(const RouteInfo& info, const HttpCall& http, int status, std::string_view code);
  // Tells what was gathered. What could not be told is told the next time.
  Task<void> tell(Call call);

 private:
  struct Seen {
    std::int64_t times = 0;
    std::string address;
  };
  using Name = std::tuple<std::string, std::string, std::string, std::string>;  // kind, who, route, code

  security::NoteRequest taken();
  void put_back(const security::NoteRequest& request);

  security::SecurityApi& log_;
  std::map<Name, Seen> seen_;
  std::int64_t overflow_ = 0;
};

}  // namespace bramble::edge
