// What the engines of the database port share: the units that wait for one of their threads. Bounded; nothing
// is allocated, since a unit lives in its caller's coroutine until it is resumed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "base/call.h"
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
  // With `lazy_threads`, the number of threads that take, another one is woken only if none is awake, or if
  // those awake do not keep up: so that on a busy machine one thread serves many units for each time it is
  // woken.
  explicit DatabaseUnits(std::size_t bound, std::size_t lazy_threads = 0)
      : bound_(bound), lazy_threads_(lazy_threads) {}

  // Waits until a thread of the engine has resumed the unit; then throws its failure if it has one.
  // Error exhausted if the bound is reached or the database is being closed.
  Task<void> perform(const Call& call, bool read_only, std::function<void(Tx&)>& work);

  // False if the bound is reached or the queue is closed.
  bool push(DatabaseUnit& unit);
  // Waits for units and gives up to `limit` of them, in order. Gives none when the queue is closed and empty.
  void take(std::size_t limit, std::vector<DatabaseUnit*>& units);
  // No more units come in; those inside are still given out.
  void close();
  std::size_t size() const;

 private:
  bool has_to_wake() const;

  mutable std::mutex mutex_;
  std::condition_variable filled_;
  const std::size_t bound_;
  const std::size_t lazy_threads_;
  std::chrono::steady_clock::time_point taken_at_;  // when a thread last took units
  DatabaseUnit* first_ = nullptr;
  DatabaseUnit* last_ = nullptr;
  std::size_t size_ = 0;
  std::size_t idle_ = 0;    // threads that wait
  std::size_t called_ = 0;  // of them, those that were woken and have not come yet
  bool closed_ = false;
};

}  // namespace bramble
