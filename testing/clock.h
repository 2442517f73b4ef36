// A clock that a test moves and randomness that a seed decides. Both are safe to use from any thread.
#pragma once

#include <atomic>
#include <mutex>

#include "ports/clock.h"

namespace bramble {

class TestClock final : public Clock {
 public:
  explicit TestClock(Time start = {1'790'000'000'000'000}) : now_us_(start.us) {}
  Time now() const override { return {now_us_.load()}; }
  void advance(Duration span) { now_us_ += span.us; }
  void set(Time time) { now_us_ = time.us; }

 private:
  std::atomic<std::int64_t> now_us_;
};

// Not for secrets: the same seed gives the same sequence.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : state_(seed) {}
  Entropy entropy() override;
  std::string bytes(std::size_t count) override;

 private:
  std::uint64_t next();

  std::mutex mutex_;
  std::uint64_t state_;
};

}  // namespace bramble
