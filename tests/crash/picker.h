// A worker who picks and packs all open tasks, reports some goods as missing, and records what was
// acknowledged.
#pragma once

#include <map>
#include <set>

#include "tests/crash/findings.h"
#include "tests/harness/people.h"

namespace bramble::crash {

class Picker {
 public:
  Picker(const harness::Instance& instance, Findings& findings)
      : session_(harness::sign_in_staff(instance, instance.login("admin"))), findings_(findings) {}

  // Works through a page of open tasks. Returns their number; -1 if the process died.
  int work(const harness::Instance& instance, const std::atomic<bool>& enough);

  const std::set<std::string>& packed_tasks() const { return packed_tasks_; }
  const std::set<std::string>& short_picks() const { return short_picks_; }
  // Reports a task that was packed and is not any more.
  void look_back(const harness::Instance& instance);

 private:
  enum class Step { done, task_closed, died };

  bool pack(harness::Wire& ops, JsonValue task);
  Step pick(harness::Wire& ops, const std::string& task, int number, JsonValue line);
  Step report(harness::Wire& ops, const std::string& task, int number, JsonValue line);
  Step step_of(const harness::Reply& reply, const std::string& what);

  harness::Session session_;
  Findings& findings_;
  std::set<std::string> packed_tasks_;
  std::set<std::string> short_picks_;
};

}  // namespace bramble::crash
