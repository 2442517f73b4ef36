// Numbers that a seed decides, on every machine alike, which the standard library's distributions do not
// promise.
#pragma once

#include <cstdint>
#include <span>

namespace bramble {

// SplitMix64.
class DemoRandom {
 public:
  // A stream of its own for each thing that is made: its kind and number.
  DemoRandom(std::uint64_t kind, std::uint64_t number) : state_(kind * 0x9E3779B97F4A7C15ULL + number) {
    next();
  }

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
  }
  // min to max, both included.
  std::int64_t between(std::int64_t min, std::int64_t max) {
    return min + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(max - min + 1));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  // −1 to 1, near 0 more often.
  double around() { return (unit() + unit()) - 1; }
  double unit() { return static_cast<double>(next() >> 11) / static_cast<double>(1ULL << 53); }

  template <class T>
  const T& one_of(std::span<const T> choices) {
    return choices[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(choices.size()) - 1))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace bramble
