// What the engines of the database port share: the units that wait for one of their threads. Bounded; nothing
// is allocated, since a unit lives in its caller's coroutine until it is resumed.
#pragma once

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
  explicit DatabaseUnits(std::size_t bound) : bound_(bound) {}

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
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  const std::size_t bound_;
  DatabaseUnit* first_ = nullptr;
  DatabaseUnit* last_ = nullptr;
  std::size_t size_ = 0;
  std::size_t idle_ = 0;
  bool closed_ = false;
};

}  // namespace bramble
