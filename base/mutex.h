// A mutex that Clang's thread-safety analysis knows. A member that is marked GUARDED_BY(mutex_) can only be
// used while that mutex is locked, and a function marked REQUIRES(mutex_) only be called then: else the build
// fails. The analysis does not look into lambdas, so conditions are loops: `while (queue_.empty())
// lock.wait(filled_);`.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define BRAMBLE_THREAD_SAFETY(attribute) __attribute__((attribute))
#else
#define BRAMBLE_THREAD_SAFETY(attribute)
#endif
#define GUARDED_BY(mutex) BRAMBLE_THREAD_SAFETY(guarded_by(mutex))
#define REQUIRES(mutex) BRAMBLE_THREAD_SAFETY(requires_capability(mutex))

namespace bramble {

class BRAMBLE_THREAD_SAFETY(capability("mutex")) Mutex {
 public:
  void lock() BRAMBLE_THREAD_SAFETY(acquire_capability()) { mutex_.lock(); }
  void unlock() BRAMBLE_THREAD_SAFETY(release_capability()) { mutex_.unlock(); }

 private:
  friend class MutexLock;
  std::mutex mutex_;
};

// Locks a mutex until the end of its scope.
class BRAMBLE_THREAD_SAFETY(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) BRAMBLE_THREAD_SAFETY(acquire_capability(mutex)) : lock_(mutex.mutex_) {}
  ~MutexLock() BRAMBLE_THREAD_SAFETY(release_capability()) = default;
  MutexLock(const MutexLock&) = delete;

  void unlock() BRAMBLE_THREAD_SAFETY(release_capability()) { lock_.unlock(); }
  void lock() BRAMBLE_THREAD_SAFETY(acquire_capability()) { lock_.lock(); }

  // They unlock while they wait, and may return for no reason.
  void wait(std::condition_variable& changed) { changed.wait(lock_); }
  // Returns false once the time is over.
  template <class Clock, class Span>
  bool wait_until(std::condition_variable& changed, std::chrono::time_point<Clock, Span> until) {
    return changed.wait_until(lock_, until) == std::cv_status::no_timeout;
  }

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace bramble
