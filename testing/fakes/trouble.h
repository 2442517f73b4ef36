// What the next calls of a fake's methods meet: nothing, a failure before it acted, or one after it.
#pragma once

#include <deque>
#include <map>
#include <string>

#include "base/error.h"

namespace bramble {

class Trouble {
 public:
  enum class When { never, before, after };

  void next(const std::string& method, When when, int times = 1) {
    due_[method].insert(due_[method].end(), times, when);
  }

  // The first line of a fake's method; its `after` is to be called before it returns.
  class Guard {
   public:
    explicit Guard(When when) : when_(when) {
      if (when_ == When::before) fail();
    }
    void after() const {
      if (when_ == When::after) fail();
    }

   private:
    [[noreturn]] static void fail() {
      throw Error(ErrorCode::unavailable, "trouble", "the peer is in trouble");
    }
    When when_;
  };
  Guard meet(const std::string& method) {
    ++calls[method];
    auto& waiting = due_[method];
    if (waiting.empty()) return Guard(When::never);
    auto when = waiting.front();
    waiting.pop_front();
    return Guard(when);
  }

  std::map<std::string, int> calls;

 private:
  std::map<std::string, std::deque<When>> due_;
};

// A method that no test of this fake has needed.
[[noreturn]] inline void not_faked() { throw std::logic_error("this method is not part of the fake"); }

}  // namespace bramble
