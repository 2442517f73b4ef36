// The numbers of DatabaseStats as the engine's threads count them.
#pragma once

#include <atomic>
#include <cstdint>

namespace bramble::sqlite {

struct Counters {
  std::atomic<std::uint64_t> units{0};
  std::atomic<std::uint64_t> failed_units{0};
  std::atomic<std::uint64_t> retried_units{0};
  std::atomic<std::uint64_t> commits{0};
  std::atomic<std::uint64_t> reads{0};
  std::atomic<std::uint64_t> busy_us{0};
  std::atomic<std::uint64_t> commit_us{0};
};

}  // namespace bramble::sqlite
