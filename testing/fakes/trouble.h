// What the next calls of a fake's methods meet: nothing, a failure before it acted, or one after it; or
// somebody else who acts in the middle of the call.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>

#include "base/error.h"

namespace bramble {

class Trouble {
 public:
  enum class When { never, before, after };

  void next(const std::string& method, When when, int times = 1);
  // The other side of a race: runs once, in the next call of the method, before or after it acted.
  void meanwhile(const std::string& method, When when, std::function<void()> other_side);

  // The first line of a fake's method; its `after` is to be called before it returns.
  class Guard {
   public:
    Guard(Trouble& trouble, std::string method, When when)
        : trouble_(trouble), method_(std::move(method)), when_(when) {
      trouble_.act(method_, When::before);
      if (when_ == When::before) fail();
    }
    void after() const {
      trouble_.act(method_, When::after);
      if (when_ == When::after) fail();
    }

   private:
    [[noreturn]] static void fail() {
      throw Error(ErrorCode::unavailable, "trouble", "the peer is in trouble");
    }
    Trouble& trouble_;
    std::string method_;
    When when_;
  };
  Guard meet(const std::string& method);

  std::map<std::string, int> calls;

 private:
  void act(const std::string& method, When when);

  std::map<std::string, std::deque<When>> due_;
  std::map<std::pair<std::string, When>, std::function<void()>> meanwhile_;
};

// A method that no test of this fake has needed.
[[noreturn]] inline void not_faked() { throw std::logic_error("this method is not part of the fake"); }

}  // namespace bramble
