// What a scan and a report of missing goods mean for a pick task: pure rules.
#pragma once

#include <optional>
#include <string>

#include "services/warehouse/warehouse.api.h"

namespace bramble::warehouse {

struct ScanDecision {
  ScanOutcome outcome = ScanOutcome::picked;
  std::size_t line = 0;  // that is picked from
  std::string detail;    // what was expected instead
};

// A device's time, within what a device can know: not in the future, and not older than `late_for`.
std::optional<Time> bounded_device_time(std::optional<Time> at, Time now, Duration late_for);

// Exactly what a line still asks for, from its bin, or nothing.
ScanDecision decide_scan(const PickTask& task, const ScanRequest& scan);

struct ShortDecision {
  ShortOutcome outcome = ShortOutcome::recorded;
  std::size_t line = 0;  // that is short
  std::string detail;    // what was expected instead
};

// Only what a line still asks for can be missing, and only in its bin.
ShortDecision decide_short(const PickTask& task, const ShortRequest& report);

// Nothing is left to pick: the rest, if any, was reported short.
bool is_all_picked(const PickTask& task);
bool has_picked(const PickTask& task);
bool has_missing(const PickTask& task);

}  // namespace bramble::warehouse
