// Time and randomness. The platform gets them only from here, so tests can control them.
#pragma once

#include "base/ids.h"
#include "base/time.h"

namespace bramble {

// Wall-clock time. It may step back a little (NTP), so order is decided by versions, not by comparing times.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

// Cryptographically strong. Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual Entropy entropy() = 0;
  virtual std::string bytes(std::size_t count) = 0;
};

// Makes an id in the bucket of `owner` (an id as text), so that rows that belong together lie on one shard.
template <class AnyId>
AnyId new_id(const Clock& clock, Random& random, std::string_view owner) {
  return AnyId::make(clock.now(), bucket_of(owner), random.entropy());
}

}  // namespace bramble
