// What a run has counted: operations that went well, their times, failures by kind. Operations that end
// during the warm-up or after the end of the run are counted in `ok`, but are no part of the rate and the
// percentiles.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "bench/load/histogram.h"

namespace bramble::load {

class Tally {
 public:
  Tally(std::int64_t start_us, std::int64_t warm_up_us, std::int64_t length_us)
      : start_us_(start_us), from_us_(start_us + warm_up_us), until_us_(start_us + length_us) {}

  void ok(std::int64_t began_us, std::int64_t ended_us);
  void error(std::string_view kind);

  bool open(std::int64_t now_us) const { return now_us < until_us_; }
  std::int64_t start_us() const { return start_us_; }

  std::uint64_t oks() const { return oks_; }
  std::uint64_t errors() const { return errors_; }
  double ok_per_s() const;
  double quantile_ms(double part) const { return static_cast<double>(times_.quantile_us(part)) / 1'000; }
  double seconds() const { return static_cast<double>(until_us_ - start_us_) / 1e6; }
  const std::map<std::string, std::uint64_t, std::less<>>& kinds() const { return kinds_; }

 private:
  std::int64_t start_us_;
  std::int64_t from_us_;
  std::int64_t until_us_;
  std::uint64_t oks_ = 0;
  std::uint64_t errors_ = 0;
  Histogram times_;
  std::map<std::string, std::uint64_t, std::less<>> kinds_;
};

}  // namespace bramble::load
