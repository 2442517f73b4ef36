// Lets the writer have a moment without readers, so that the log can begin again from its start.
#pragma once

#include <chrono>
#include <condition_variable>

#include "base/mutex.h"

namespace bramble::sqlite {

class ReaderGate {
 public:
  void enter() {
    MutexLock lock(mutex_);
    while (closed_) lock.wait(changed_);
    ++inside_;
  }
  void leave() {
    MutexLock lock(mutex_);
    if (--inside_ == 0 && closed_) changed_.notify_all();
  }
  // Keeps new readers out and waits for those inside; whether they left in time. `open` has to follow either
  // way.
  bool close(std::chrono::milliseconds patience) {
    MutexLock lock(mutex_);
    closed_ = true;
    auto until = std::chrono::steady_clock::now() + patience;
    while (inside_ > 0 && lock.wait_until(changed_, until)) {
    }
    return inside_ == 0;
  }
  void open() {
    MutexLock lock(mutex_);
    closed_ = false;
    changed_.notify_all();
  }

 private:
  Mutex mutex_;
  std::condition_variable changed_;
  int inside_ GUARDED_BY(mutex_) = 0;
  bool closed_ GUARDED_BY(mutex_) = false;
};

}  // namespace bramble::sqlite
