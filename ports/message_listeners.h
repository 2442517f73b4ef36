// Who is told of committed messages: what engines of the database port keep behind Database::on_messages.
#pragma once

#include <mutex>

#include "ports/database.h"

namespace bramble {

class MessageListeners {
 public:
  void add(std::function<void(const CommittedMessages&)> listener) {
    std::lock_guard lock(mutex_);
    listeners_.push_back(std::move(listener));
  }
  void tell(const CommittedMessages& messages) {
    std::lock_guard lock(mutex_);
    for (auto& listener : listeners_) listener(messages);
  }

 private:
  std::mutex mutex_;
  std::vector<std::function<void(const CommittedMessages&)>> listeners_;
};

}  // namespace bramble
