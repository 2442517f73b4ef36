// Counts of durations in classes less than 1 % wide, in bounded memory however many are added.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace bramble::load {

class Histogram {
 public:
  void add(std::int64_t us) {
    auto value = us < 0 ? 0ULL : static_cast<std::uint64_t>(us);
    if (value > largest) value = largest;
    ++counts_[index_of(value)];
    ++total_;
  }

  std::uint64_t total() const { return total_; }
  void clear() { *this = {}; }

  // The duration in microseconds that the given part (0 to 1) of all does not exceed; 0 if there are none.
  std::int64_t quantile_us(double part) const;

 private:
  static constexpr std::uint64_t largest = (1ULL << 36) - 1;  // 19 hours

  // Values below 256 each have their own class; above, each doubling is cut into 128.
  static std::size_t index_of(std::uint64_t value) {
    auto width = static_cast<std::size_t>(std::bit_width(value));
    auto shift = width > 8 ? width - 8 : 0;
    return shift * 128 + static_cast<std::size_t>(value >> shift);
  }

  std::array<std::uint32_t, 128 * 30> counts_{};
  std::uint64_t total_ = 0;
};

}  // namespace bramble::load
