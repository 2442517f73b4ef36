// The machine's clock and the kernel's random numbers.
#pragma once

#include "ports/clock.h"

namespace bramble {

class SystemClock : public Clock {
 public:
  Time now() const override;
};

// From getrandom(2), taken in blocks that each thread keeps for itself; a number is given out once and then
// wiped.
class SystemRandom : public Random {
 public:
  Entropy entropy() override;
  std::string bytes(std::size_t count) override;
};

}  // namespace bramble
