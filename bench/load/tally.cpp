#include "bench/load/tally.h"

namespace bramble::load {
namespace {

constexpr std::size_t most_kinds = 50;

}  // namespace

void Tally::ok(std::int64_t began_us, std::int64_t ended_us) {
  ++oks_;
  if (ended_us >= from_us_ && ended_us < until_us_) times_.add(ended_us - began_us);
}

void Tally::error(std::string_view kind) {
  ++errors_;
  if (auto known = kinds_.find(kind); known != kinds_.end()) {
    ++known->second;
  } else {
    ++kinds_[kinds_.size() < most_kinds ? std::string(kind) : "others"];
  }
}

double Tally::ok_per_s() const {
  return until_us_ > from_us_
             ? static_cast<double>(times_.total()) * 1e6 / static_cast<double>(until_us_ - from_us_)
             : 0;
}

}  // namespace bramble::load
