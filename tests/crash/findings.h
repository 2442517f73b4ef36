// The faults found by all threads, and whether the process is meant to be alive.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

namespace bramble::crash {

class Findings {
 public:
  void add(std::string what) {
    std::lock_guard lock(mutex_);
    if (all_.size() < most_kept) all_.push_back(std::move(what));
  }
  std::vector<std::string> all() const {
    std::lock_guard lock(mutex_);
    return all_;
  }

  // Set just before the kill: from then on a missing answer is no fault.
  std::atomic<bool> dying = false;

 private:
  static constexpr std::size_t most_kept = 20;
  mutable std::mutex mutex_;
  std::vector<std::string> all_;
};

}  // namespace bramble::crash
