// Search in the security log, with names of staff.
#pragma once

#include "gateways/edge/route.h"
#include "gateways/ops/services.h"

namespace bramble::ops {

class SecuritySearch {
 public:
  explicit SecuritySearch(const Services& services) : services_(services) {}

  Task<SecurityPage> security_events(edge::HttpCall& http, SecurityQuery query);

 private:
  Services services_;
};

}  // namespace bramble::ops
