// What concerns the whole shop: search for anything, counts of waiting work, queues, health.
#pragma once

#include "gateways/edge/route.h"
#include "gateways/ops/services.h"
#include "runtime/module.h"

namespace bramble::ops {

class Overview {
 public:
  Overview(const Services& services, ModuleHost& host) : services_(services), host_(host) {}

  Task<FoundPage> find(edge::HttpCall& http, FindQuery request);
  Task<CountsPage> counts(edge::HttpCall& http, Nothing request);
  Task<QueuesPage> queues(edge::HttpCall& http, Nothing request);
  Task<HealthPage> health(edge::HttpCall& http, Nothing request);

 private:
  Services services_;
  ModuleHost& host_;
};

}  // namespace bramble::ops
