// What a scan means for a pick task: pure rules.
#pragma once

#include <optional>
#include <string>

#include "services/warehouse/warehouse.api.h"

namespace bramble::warehouse {

struct ScanVerdict {
  ScanOutcome outcome = ScanOutcome::picked;
  std::size_t line = 0;  // that is picked from
  std::string detail;    // what was expected instead
};

// Exactly what a line still asks for, from its bin, or nothing.
ScanVerdict judge_scan(const PickTask& task, const ScanRequest& scan);

bool is_all_picked(const PickTask& task);

}  // namespace bramble::warehouse
