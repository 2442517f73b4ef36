// The queue of units of work that wait for a thread of a database engine; all engines use it. It is bounded.
// It allocates nothing: a unit lives in its caller's coroutine until it is resumed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <vector>

#include "base/call.h"
#include "base/mutex.h"
#include "base/task.h"
#include "ports/database.h"

namespace bramble {

struct DatabaseUnit {
  const Call* call = nullptr;
  std::function<void(Tx&)>* work = nullptr;
  bool read_only = false;
  Resume resume;
  std::exception_ptr failure;
  DatabaseUnit* next = nullptr;
};

class DatabaseUnits {
 public:
  // `lazy_threads` is the number of threads that take units, or 0. If it is set, a push wakes a thread only
  // if none is awake or those that are awake do not keep up. So each wake-up serves many units under load.
  explicit DatabaseUnits(std::size_t bound, std::size_t lazy_threads = 0)
      : bound_(bound), lazy_threads_(lazy_threads) {}

  // Waits until a thread of the engine has run the unit, and throws its failure if it has one.
  // Throws Error exhausted if the queue is full or closed.
  Task<void> perform(const Call& call, bool read_only, std::function<void(Tx&)>& work);

  // Returns false if the queue is full or closed.
  bool push(DatabaseUnit& unit);
  // Waits for units and returns up to `limit` of them, in order; none once the queue is closed and empty.
  void take(std::size_t limit, std::vector<DatabaseUnit*>& units);
  // Refuses new units; those inside are still handed out.
  void close();
  std::size_t size() const;

 private:
  bool has_to_wake() const REQUIRES(mutex_);

  mutable Mutex mutex_;
  std::condition_variable filled_;
  const std::size_t bound_;
  const std::size_t lazy_threads_;
  std::chrono::steady_clock::time_point taken_at_ GUARDED_BY(mutex_);  // when a thread last took units
  DatabaseUnit* first_ GUARDED_BY(mutex_) = nullptr;
  DatabaseUnit* last_ GUARDED_BY(mutex_) = nullptr;
  std::size_t size_ GUARDED_BY(mutex_) = 0;
  std::size_t idle_ GUARDED_BY(mutex_) = 0;  // threads that wait
  std::size_t called_ GUARDED_BY(mutex_) =
      0;  // of the idle threads: those that were woken and do not run yet
  bool closed_ GUARDED_BY(mutex_) = false;
};

}  // namespace bramble
