// A condition that one coroutine waits for. Any thread may notify it. Notifications that come before the
// coroutine waits count as one; none is lost.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <memory>

#include "base/task.h"
#include "base/time.h"

namespace bramble {

class Signal : public std::enable_shared_from_this<Signal> {
 public:
  static std::shared_ptr<Signal> make(boost::asio::any_io_executor executor);
  ~Signal();

  void notify();  // any thread

  // Waits for a notification, at most so long. Call it on the executor. Returns true if it was notified.
  Task<bool> wait_us(std::int64_t microseconds);

 private:
  struct Timer;
  explicit Signal(boost::asio::any_io_executor executor);

  boost::asio::any_io_executor executor_;
  std::unique_ptr<Timer> timer_;
  std::atomic<bool> raised_ = false;
};

// Counts running tasks of one executor, so that their owner can wait for them when it stops.
class TaskCount {
 public:
  explicit TaskCount(boost::asio::any_io_executor executor) : signal_(Signal::make(std::move(executor))) {}

  void enter() { ++running_; }
  void leave() {
    if (--running_ == 0) signal_->notify();
  }
  std::size_t running() const { return running_; }
  // Returns false if tasks still ran after `patience`.
  Task<bool> all_left(Duration patience);

 private:
  std::shared_ptr<Signal> signal_;
  std::size_t running_ = 0;
};

// Work besides requests. It starts once, on its loop, when all modules are ready, and stops before they do.
class Background {
 public:
  virtual ~Background() = default;
  virtual void start() = 0;
  // Starts nothing new and returns when all running work has ended, or after `patience`.
  virtual Task<void> stop(Duration patience) = 0;
  // Makes it look for due work at once. Any thread.
  virtual void wake() = 0;
};

}  // namespace bramble
