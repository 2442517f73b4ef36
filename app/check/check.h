// Runs the audits over stores and gathers what violates them.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "app/check/audit.h"
#include "app/check/stores.h"

namespace bramble::check {

struct Violation {
  std::string invariant;
  std::string table;
  std::string rule;
  std::string key;
  std::string expected;
  std::string found;

  bool operator==(const Violation&) const = default;
  auto operator<=>(const Violation&) const = default;
};

struct Outcome {
  std::vector<Violation> violations;
  std::size_t audits = 0;
  std::vector<std::string> skipped;  // audits whose modules are not in these stores
};

// Violations across stores may be work on its way: they count when the same row is still wrong `looks` times,
// with a pause before each. Throws Unreadable.
Outcome run_audits(Stores& stores, const std::vector<Audit>& audits, int looks,
                   std::chrono::milliseconds pause);

// At that time, in microseconds since 1970.
std::vector<Audit> all_audits(std::int64_t now_us);

std::string to_text(const Outcome& outcome);
// {"ok", "audits", "skipped": […], "violations": [{"invariant", "table", "rule", "key", "expected",
// "found"}]}
std::string to_json(const Outcome& outcome);

}  // namespace bramble::check
