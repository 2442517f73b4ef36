// The listeners of Database::on_messages. Thread-safe; all engines of the database port use it.
#pragma once

#include "base/mutex.h"

#include "ports/database.h"

namespace bramble {

class MessageListeners {
 public:
  void add(std::function<void(const CommittedMessages&)> listener) {
    MutexLock lock(mutex_);
    listeners_.push_back(std::move(listener));
  }
  void notify(const CommittedMessages& messages) {
    MutexLock lock(mutex_);
    for (auto& listener : listeners_) listener(messages);
  }

 private:
  Mutex mutex_;
  std::vector<std::function<void(const CommittedMessages&)>> listeners_ GUARDED_BY(mutex_);
};

}  // namespace bramble
