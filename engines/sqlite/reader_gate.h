// Lets the writer have a moment without readers, so that the log can begin again from its start.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace bramble::sqlite {

class ReaderGate {
 public:
  void enter() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !closed_; });
    ++inside_;
  }
  void leave() {
    std::lock_guard lock(mutex_);
    if (--inside_ == 0 && closed_) changed_.notify_all();
  }
  // Keeps new readers out and waits for those inside; whether they left in time. `open` has to follow either
  // way.
  bool close(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    closed_ = true;
    return changed_.wait_for(lock, patience, [&] { return inside_ == 0; });
  }
  void open() {
    std::lock_guard lock(mutex_);
    closed_ = false;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;
  bool closed_ = false;
};

}  // namespace bramble::sqlite
