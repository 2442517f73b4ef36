// Limits how many guest carts one network may create: a burst, then one in each interval. Each process counts
// for itself.
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

  // Counts one cart. Throws Error exhausted "too_many_carts"; its field error names the seconds left. Without
  // an address nothing is counted.
  void take(const std::string& address);

 private:
  const Clock& clock_;
  NewCartPace pace_;
  std::unordered_map<std::string, Time> spent_until_;  // by network
};

}  // namespace bramble::cart
