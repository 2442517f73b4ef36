// The present, and randomness: the only places they come from, so that the simulator can choose them.
#pragma once

#include "base/ids.h"
#include "base/time.h"

namespace bramble {

// Wall-clock time. May step back a little (NTP): compare-and-set on versions decides, never "later than".
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

// Cryptographically strong. Safe to use from any thread.
class Random {
 public:
  virtual ~Random() = default;
  virtual Entropy entropy() = 0;
  virtual std::string bytes(std::size_t count) = 0;
};

// A new id in the bucket of `owner` (an id text), so that what belongs together lives on one shard.
template <class AnyId>
AnyId new_id(const Clock& clock, Random& random, std::string_view owner) {
  return AnyId::make(clock.now(), bucket_of(owner), random.entropy());
}

}  // namespace bramble
