// A wake-up call for the one coroutine that waits on it. It may be given from any thread; calls given before
// the coroutine looks are one call, and none is lost.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <memory>

#include "base/task.h"
#include "base/time.h"

namespace bramble {

class Wake : public std::enable_shared_from_this<Wake> {
 public:
  static std::shared_ptr<Wake> make(boost::asio::any_io_executor executor);
  ~Wake();

  void notify();  // any thread

  // Returns when notified or after the time, whichever is first. Only on the executor. True: it was notified.
  Task<bool> wait_us(std::int64_t microseconds);

 private:
  struct Timer;
  explicit Wake(boost::asio::any_io_executor executor);

  boost::asio::any_io_executor executor_;
  std::unique_ptr<Timer> timer_;
  std::atomic<bool> raised_ = false;
};

// Counts the tasks of one executor that something has started, so that it can wait for them when it stops.
class TaskCount {
 public:
  explicit TaskCount(boost::asio::any_io_executor executor) : wake_(Wake::make(std::move(executor))) {}

  void enter() { ++running_; }
  void leave() {
    if (--running_ == 0) wake_->notify();
  }
  std::size_t running() const { return running_; }
  // False: some were still running when the patience was over.
  Task<bool> all_left(Duration patience);

 private:
  std::shared_ptr<Wake> wake_;
  std::size_t running_ = 0;
};

// What runs beside the requests: started once on its loop when all modules are ready, stopped before they go.
class Background {
 public:
  virtual ~Background() = default;
  virtual void start() = 0;
  // Takes on nothing new and returns when what runs has ended or the patience is over.
  virtual Task<void> stop(Duration patience) = 0;
  // Has it look at once for what is due; any thread.
  virtual void wake() = 0;
};

}  // namespace bramble
