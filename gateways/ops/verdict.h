// What an order waits for, judged from what the services tell of it. Pure rules.
#pragma once

#include <optional>
#include <vector>

#include "gateways/ops/console.api.h"
#include "runtime/observation.h"

namespace bramble::ops {

struct OrderFacts {
  orders::OrderDetails inspection;
  payments::Dossier money;
  std::vector<inventory::HoldRow> holds;
  warehouse::OrderWork work;
  std::vector<EventRow> events;
  std::vector<JobRow> jobs;
  std::vector<DependencyState> dependencies;
  // What could not be read.
  bool money_missing = false;
  bool holds_missing = false;
  bool work_missing = false;
};

Verdict verdict_of(const OrderFacts& facts, Time now);

}  // namespace bramble::ops
