#include "bench/load/histogram.h"

#include <algorithm>
#include <cmath>

namespace bramble::load {

std::int64_t Histogram::quantile_us(double part) const {
  if (total_ == 0) return 0;
  auto wanted =
      std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(part * static_cast<double>(total_))));
  std::uint64_t seen = 0;
  for (std::size_t index = 0; index < counts_.size(); ++index) {
    seen += counts_[index];
    if (seen < wanted) continue;
    if (index < 256) return static_cast<std::int64_t>(index);
    auto shift = index / 128 - 1;
    auto start = static_cast<std::uint64_t>(index - shift * 128) << shift;
    return static_cast<std::int64_t>(start + (1ULL << shift) / 2);
  }
  return static_cast<std::int64_t>(largest);
}

}  // namespace bramble::load
