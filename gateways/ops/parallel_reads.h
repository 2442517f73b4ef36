// Reads the parts of a page from several services in parallel. A part that fails is named as missing, and the
// others are shown.
#pragma once

#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "base/task.h"
#include "gateways/ops/console.api.h"

namespace bramble::ops {

// The longest that a page waits for its parts.
constexpr Duration read_time_limit = seconds(3);

class ParallelReads {
 public:
  // `into` must outlive read().
  template <class T>
  void add(std::string part, Task<T> task, T& into) {
    tasks_.push_back(read_part(missing_, std::move(part), std::move(task), into));
  }
  Task<void> read() {
    auto tasks = std::move(tasks_);
    tasks_.clear();
    co_await all(std::move(tasks));
  }

  const std::vector<MissingPart>& missing() const { return missing_; }
  bool is_missing(std::string_view part) const {
    return std::any_of(missing_.begin(), missing_.end(), [&](const auto& one) { return one.part == part; });
  }
  void note(MissingPart part) { missing_.push_back(std::move(part)); }

 private:
  template <class T>
  static Task<void> read_part(std::vector<MissingPart>& missing, std::string part, Task<T> task, T& into) {
    try {
      into = co_await std::move(task);
    } catch (const Error& error) {
      missing.push_back({std::move(part), error.reason, error.message});
    }
  }

  std::vector<Task<void>> tasks_;
  std::vector<MissingPart> missing_;
};

}  // namespace bramble::ops
