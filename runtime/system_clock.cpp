#include "runtime/system_clock.h"

#include <sys/random.h>
#include <time.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace bramble {
namespace {

void fill(char* to, std::size_t count) {
  while (count > 0) {
    auto got = ::getrandom(to, count, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw Error(ErrorCode::internal, "no_randomness", "the kernel gives no random bytes");
    to += got;
    count -= static_cast<std::size_t>(got);
  }
}

struct Block {
  std::array<char, 1024> bytes;
  std::size_t left = 0;

  void take(char* to, std::size_t count) {
    if (left < count) {
      fill(bytes.data(), bytes.size());
      left = bytes.size();
    }
    char* from = bytes.data() + (left - count);
    std::memcpy(to, from, count);
    std::memset(from, 0, count);
    left -= count;
  }
};

thread_local Block block;

}  // namespace

Time SystemClock::now() const {
  timespec at{};
  ::clock_gettime(CLOCK_REALTIME, &at);
  return {std::int64_t{at.tv_sec} * 1'000'000 + at.tv_nsec / 1'000};
}

Entropy SystemRandom::entropy() {
  std::array<char, sizeof(Entropy)> raw;
  block.take(raw.data(), raw.size());
  Entropy entropy;
  std::memcpy(&entropy.high, raw.data(), 8);
  std::memcpy(&entropy.low, raw.data() + 8, 8);
  return entropy;
}

std::string SystemRandom::bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (count <= 256) {
    block.take(bytes.data(), count);
  } else {
    fill(bytes.data(), count);
  }
  return bytes;
}

}  // namespace bramble
