// A bounded memory of what the process did recently, to avoid asking the store. When it is full, old entries
// are forgotten, so callers must not rely on finding one.
#pragma once

#include <map>
#include <optional>
#include <utility>

namespace bramble {

template <class Key, class Value>
class Recent {
 public:
  explicit Recent(std::size_t most = 10'000) : most_(most) {}

  void put(const Key& key, Value value) {
    if (young_.size() >= most_) old_ = std::exchange(young_, {});
    young_.insert_or_assign(key, std::move(value));
    old_.erase(key);
  }

  const Value* find(const Key& key) const {
    for (const auto* part : {&young_, &old_}) {
      if (auto found = part->find(key); found != part->end()) return &found->second;
    }
    return nullptr;
  }

  std::optional<Value> take(const Key& key) {
    for (auto* part : {&young_, &old_}) {
      auto found = part->find(key);
      if (found == part->end()) continue;
      std::optional<Value> value(std::move(found->second));
      part->erase(found);
      return value;
    }
    return std::nullopt;
  }

  void forget(const Key& key) {
    young_.erase(key);
    old_.erase(key);
  }

 private:
  std::size_t most_;
  std::map<Key, Value> young_;
  std::map<Key, Value> old_;
};

}  // namespace bramble
