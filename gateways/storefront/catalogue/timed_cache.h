// A cache of values by key that stay good for some seconds. One caller renews an old value while the others
// get it as it is. If renewing fails, the old value stays in use.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/error.h"
#include "base/task.h"
#include "ports/clock.h"

namespace bramble::storefront {

template <class Value>
class TimedCache {
 public:
  TimedCache(const Clock& clock, Duration life, std::size_t most) : clock_(clock), life_(life), most_(most) {}

  // `load` is called before this returns, at most once.
  Task<std::shared_ptr<const Value>> get(std::string key, std::function<Task<Value>()> load) {
    auto found = entries_.find(key);
    bool is_there = found != entries_.end();
    if (is_there && (found->second.ends_at > clock_.now() || found->second.renewing))
      co_return found->second.value;
    std::shared_ptr<const Value> old;
    if (is_there) {
      old = found->second.value;
      found->second.renewing = true;
    }
    std::exception_ptr failure;
    try {
      auto fresh = std::make_shared<const Value>(co_await load());
      if (entries_.size() >= most_ && !entries_.contains(key)) entries_.clear();
      entries_[std::move(key)] = {fresh, clock_.now() + life_, false};
      co_return fresh;
    } catch (const Error&) {
      failure = std::current_exception();
    }
    if (!old) std::rethrow_exception(failure);
    entries_[std::move(key)] = {old, clock_.now() + life_, false};
    co_return old;
  }

 private:
  struct Entry {
    std::shared_ptr<const Value> value;
    Time ends_at;
    bool renewing = false;
  };

  const Clock& clock_;
  Duration life_;
  std::size_t most_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace bramble::storefront
