// How many carts may be begun from one network without signing in: some at once, then one in each while.
// Counts live in this process only: with several, each allows so many.
#pragma once

#include <string>
#include <unordered_map>

#include "ports/clock.h"

namespace bramble::cart {

struct NewCartPace {
  std::int64_t burst = 60;
  Duration interval = seconds(10);
};

class NewCarts {
 public:
  NewCarts(const Clock& clock, NewCartPace pace) : clock_(clock), pace_(pace) {}

  // Counts one. Throws Error exhausted "too_many_carts", which names in its field error how many seconds are
  // left. Nothing is counted without an address.
  void take(const std::string& address);

 private:
  const Clock& clock_;
  NewCartPace pace_;
  std::unordered_map<std::string, Time> spent_until_;  // by network
};

}  // namespace bramble::cart
