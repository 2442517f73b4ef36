#include "app/check/check.h"

#include <fmt/format.h>

#include <thread>

#include "app/check/security_chain.h"

namespace bramble::check {
namespace {

constexpr std::size_t most_rows = 1'000;  // of one audit; more say nothing more

bool can_run(Stores& stores, const Audit& audit) {
  return std::all_of(audit.modules.begin(), audit.modules.end(),
                     [&](const std::string& module) { return stores.modules().contains(module); });
}

std::vector<Violation> run(Stores& stores, const Audit& audit) {
  std::vector<Violation> found;
  for (auto& row : stores.look_at(audit.modules)->query(audit.sql, most_rows)) {
    if (row.size() != 3) throw Unreadable("the audit of " + audit.table + " does not give three columns");
    found.push_back({audit.invariant, audit.table, audit.rule, row[0], row[1], row[2]});
  }
  return found;
}

// Keeps of the first what is about a row that is also in the second.
std::vector<Violation> still_there(std::vector<Violation> first, const std::vector<Violation>& second) {
  std::set<std::string> keys;
  for (const auto& violation : second) keys.insert(violation.key);
  std::erase_if(first, [&](const Violation& violation) { return !keys.contains(violation.key); });
  return first;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

}  // namespace

Outcome run_audits(Stores& stores, const std::vector<Audit>& audits, int looks,
                   std::chrono::milliseconds pause) {
  Outcome outcome;
  std::vector<std::pair<const Audit*, std::vector<Violation>>> open;
  for (const auto& audit : audits) {
    if (!can_run(stores, audit)) {
      outcome.skipped.push_back(audit.invariant + " " + audit.table + ": " + audit.rule);
      continue;
    }
    ++outcome.audits;
    auto found = run(stores, audit);
    if (found.empty()) continue;
    if (audit.modules.size() > 1) {
      open.emplace_back(&audit, std::move(found));
    } else {
      outcome.violations.insert(outcome.violations.end(), found.begin(), found.end());
    }
  }
  auto chain = security_chain_violations(stores);
  outcome.violations.insert(outcome.violations.end(), chain.begin(), chain.end());
  if (stores.modules().contains("security")) {
    ++outcome.audits;
  } else {
    outcome.skipped.push_back("I25 security.entry: The security log is whole.");
  }
  for (int look = 1; look < looks && !open.empty(); ++look) {
    std::this_thread::sleep_for(pause);
    for (auto& [audit, found] : open) found = still_there(std::move(found), run(stores, *audit));
    std::erase_if(open, [](const auto& entry) { return entry.second.empty(); });
  }
  for (const auto& [audit, found] : open) {
    outcome.violations.insert(outcome.violations.end(), found.begin(), found.end());
  }
  return outcome;
}

std::vector<Audit> all_audits(std::int64_t now_us) {
  constexpr std::string_view now = "${now}";
  auto audits = written_audits();
  for (auto& audit : audits) {
    for (auto at = audit.sql.find(now); at != std::string::npos; at = audit.sql.find(now, at))
      audit.sql.replace(at, now.size(), std::to_string(now_us));
  }
  return audits;
}

std::string to_text(const Outcome& outcome) {
  std::string out;
  for (const auto& violation : outcome.violations) {
    out += fmt::format("{:4} {}  {}  expected {}  found {}  ({})\n", violation.invariant, violation.table,
                       violation.key, violation.expected, violation.found, violation.rule);
  }
  for (const auto& audit : outcome.skipped)
    out += fmt::format("not audited, its store is not here: {}\n", audit);
  if (outcome.violations.empty()) return out + fmt::format("{} audits, nothing violated\n", outcome.audits);
  return out + fmt::format("{} audits, {} rows violated\n", outcome.audits, outcome.violations.size());
}

std::string to_json(const Outcome& outcome) {
  std::string violations;
  for (const auto& violation : outcome.violations) {
    if (!violations.empty()) violations += ",";
    violations += fmt::format(R"({{"invariant":{},"table":{},"rule":{},"key":{},"expected":{},"found":{}}})",
                              quoted(violation.invariant), quoted(violation.table), quoted(violation.rule),
                              quoted(violation.key), quoted(violation.expected), quoted(violation.found));
  }
  std::string skipped;
  for (const auto& audit : outcome.skipped) skipped += (skipped.empty() ? "" : ",") + quoted(audit);
  return fmt::format(R"({{"ok":{},"audits":{},"skipped":[{}],"violations":[{}]}})",
                     outcome.violations.empty(), outcome.audits, skipped, violations);
}

}  // namespace bramble::check
