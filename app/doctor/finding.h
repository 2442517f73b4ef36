// What the doctor found: one line each, and what to do where something is not as it should be.
#pragma once

#include <string>
#include <vector>

namespace bramble::doctor {

enum class Grade { ok, warn, fail };  // fail: it will not run, or not keep its promises

struct Finding {
  Grade grade = Grade::ok;
  std::string what;    // "port 8080"
  std::string detail;  // the measured value, and for warn and fail what to do
};

using Findings = std::vector<Finding>;

bool any_failed(const Findings& findings);

// "ok    port 8080  — free", one line a finding.
std::string to_text(const Findings& findings);

// {"ok": true, "items": [{"grade", "what", "detail"}]}
std::string to_json(const Findings& findings);

}  // namespace bramble::doctor
