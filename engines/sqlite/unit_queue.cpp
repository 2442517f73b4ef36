#include "engines/sqlite/unit_queue.h"

namespace bramble::sqlite {

bool UnitQueue::push(Unit& unit) {
  std::unique_lock lock(mutex_);
  if (closed_ || size_ >= bound_) return false;
  unit.next = nullptr;
  (last_ == nullptr ? first_ : last_->next) = &unit;
  last_ = &unit;
  ++size_;
  bool wake = idle_ > 0;
  lock.unlock();
  if (wake) filled_.notify_one();
  return true;
}

void UnitQueue::take(std::size_t limit, std::vector<Unit*>& units) {
  std::unique_lock lock(mutex_);
  ++idle_;
  filled_.wait(lock, [&] { return first_ != nullptr || closed_; });
  --idle_;
  for (; first_ != nullptr && units.size() < limit; first_ = first_->next, --size_) units.push_back(first_);
  if (first_ == nullptr) last_ = nullptr;
}

void UnitQueue::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  filled_.notify_all();
}

std::size_t UnitQueue::size() const {
  std::lock_guard lock(mutex_);
  return size_;
}

}  // namespace bramble::sqlite
