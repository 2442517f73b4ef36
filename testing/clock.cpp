#include "testing/clock.h"

namespace bramble {

// SplitMix64.
std::uint64_t SeededRandom::next() {
  std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15);
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

Entropy SeededRandom::entropy() {
  std::lock_guard lock(mutex_);
  std::uint64_t high = next();
  return {high, next()};
}

std::string SeededRandom::bytes(std::size_t count) {
  std::lock_guard lock(mutex_);
  std::string bytes(count, '\0');
  for (char& byte : bytes) byte = static_cast<char>(next());
  return bytes;
}

}  // namespace bramble
