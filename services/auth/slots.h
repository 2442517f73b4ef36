// So many at once, the rest in a line that is no longer than said. All on one executor.
#pragma once

#include <deque>

#include "base/error.h"
#include "base/task.h"

namespace bramble::auth {

class Slots {
 public:
  Slots(std::size_t at_once, std::size_t most_waiting) : free_(at_once), most_waiting_(most_waiting) {}

  // Kept for as long as the work lasts; the Slots outlive it.
  class Slot {
   public:
    explicit Slot(Slots& slots) : slots_(&slots) {}
    Slot(Slot&& other) noexcept : slots_(std::exchange(other.slots_, nullptr)) {}
    Slot& operator=(Slot&&) = delete;
    ~Slot() {
      if (slots_ != nullptr) slots_->leave();
    }

   private:
    Slots* slots_;
  };

  // Throws Error unavailable "busy" when the line is full.
  Task<Slot> take() {
    if (free_ > 0) {
      --free_;
      co_return Slot(*this);
    }
    if (waiting_.size() >= most_waiting_)
      throw Error(ErrorCode::unavailable, "busy", "too many are signing in; try again in a moment");
    co_await suspend([this](Resume resume) { waiting_.push_back(std::move(resume)); });
    co_return Slot(*this);  // handed over by the one before
  }

 private:
  void leave() {
    if (waiting_.empty()) {
      ++free_;
      return;
    }
    auto next = std::move(waiting_.front());
    waiting_.pop_front();
    next();
  }

  std::size_t free_;
  std::size_t most_waiting_;
  std::deque<Resume> waiting_;
};

}  // namespace bramble::auth
