#include "ports/database_units.h"

#include "base/error.h"

namespace bramble {
namespace {

constexpr std::size_t few_units = 6;
constexpr std::chrono::milliseconds patience{1};

}  // namespace

Task<void> DatabaseUnits::perform(const Call& call, bool read_only, std::function<void(Tx&)>& work) {
  DatabaseUnit unit;
  unit.call = &call;
  unit.work = &work;
  unit.read_only = read_only;
  co_await suspend([this, &unit](Resume resume) {
    unit.resume = std::move(resume);
    if (push(unit)) return;
    unit.failure = std::make_exception_ptr(
        Error(ErrorCode::exhausted, "database_busy", "too many transactions are waiting"));
    unit.resume();
  });
  if (unit.failure) std::rethrow_exception(unit.failure);
}

bool DatabaseUnits::push(DatabaseUnit& unit) {
  MutexLock lock(mutex_);
  if (closed_ || size_ >= bound_) return false;
  unit.next = nullptr;
  (last_ == nullptr ? first_ : last_->next) = &unit;
  last_ = &unit;
  ++size_;
  // Under the lock, so that the queue cannot be gone before this is over.
  if (has_to_wake()) {
    ++called_;
    filled_.notify_one();
  }
  return true;
}

bool DatabaseUnits::has_to_wake() const {
  if (called_ >= idle_) return false;
  if (lazy_threads_ == 0 || (idle_ == lazy_threads_ && called_ == 0)) return true;
  return size_ > few_units || std::chrono::steady_clock::now() - taken_at_ > patience;
}

void DatabaseUnits::take(std::size_t limit, std::vector<DatabaseUnit*>& units) {
  MutexLock lock(mutex_);
  if (first_ == nullptr && !closed_) {
    ++idle_;
    while (first_ == nullptr && !closed_) {
      lock.wait(filled_);
      if (called_ > 0) --called_;  // whether or not another thread was faster
    }
    --idle_;
  }
  for (; first_ != nullptr && units.size() < limit; first_ = first_->next, --size_) units.push_back(first_);
  if (first_ == nullptr) last_ = nullptr;
  if (lazy_threads_ > 0) taken_at_ = std::chrono::steady_clock::now();
}

void DatabaseUnits::close() {
  MutexLock lock(mutex_);
  closed_ = true;
  filled_.notify_all();
}

std::size_t DatabaseUnits::size() const {
  MutexLock lock(mutex_);
  return size_;
}

}  // namespace bramble
