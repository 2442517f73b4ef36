// The units that wait for a thread of the engine. Bounded; nothing is allocated: a unit lives in its caller's coroutine.
#pragma once

#include <condition_variable>
#include <mutex>
#include <vector>

#include "base/call.h"
#include "base/task.h"
#include "ports/database.h"

namespace bramble::sqlite {

struct Unit {
  const Call* call = nullptr;
  std::function<void(Tx&)>* work = nullptr;
  const std::string* script = nullptr;  // instead of work; runs alone in its transaction
  Resume resume;
  std::exception_ptr failure;
  Unit* next = nullptr;
};

class UnitQueue {
 public:
  explicit UnitQueue(std::size_t bound) : bound_(bound) {}

  // False if the bound is reached or the queue is closed.
  bool push(Unit& unit);
  // Waits for units and gives up to `limit` of them, in order. Gives none when the queue is closed and empty.
  void take(std::size_t limit, std::vector<Unit*>& units);
  // No more units come in; those inside are still given out.
  void close();
  std::size_t size() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  const std::size_t bound_;
  Unit* first_ = nullptr;
  Unit* last_ = nullptr;
  std::size_t size_ = 0;
  std::size_t idle_ = 0;
  bool closed_ = false;
};

}  // namespace bramble::sqlite
