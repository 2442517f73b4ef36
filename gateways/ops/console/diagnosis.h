// Derives what an order waits for from the data of the services. Pure rules.
#pragma once

#include <optional>
#include <vector>

#include "gateways/ops/console.api.h"
#include "runtime/observation.h"

namespace bramble::ops {

// The contract's name is public and stays.
using OrderDiagnosis = Verdict;

struct OrderEvidence {
  orders::OrderDetails inspection;
  payments::OrderPayments money;
  std::vector<inventory::HoldRow> holds;
  warehouse::OrderWork work;
  std::vector<EventRow> events;
  std::vector<JobRow> jobs;
  std::vector<DependencyState> dependencies;
  // Parts that could not be read.
  bool money_missing = false;
  bool holds_missing = false;
  bool work_missing = false;
};

OrderDiagnosis diagnose(const OrderEvidence& evidence, Time now);

}  // namespace bramble::ops
