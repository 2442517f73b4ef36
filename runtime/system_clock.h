// The machine's clock and the kernel's random numbers.
#pragma once

#include "ports/clock.h"

namespace bramble {

class SystemClock : public Clock {
 public:
  Time now() const override;
};

// Reads getrandom(2) in blocks per thread. Each number is used once and then erased.
class SystemRandom : public Random {
 public:
  Entropy entropy() override;
  std::string bytes(std::size_t count) override;
};

}  // namespace bramble
