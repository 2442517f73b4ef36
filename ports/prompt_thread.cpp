#include "ports/prompt_thread.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace bramble {
namespace {

// The kernel's struct sched_attr, which the C library of Debian 12 does not declare.
struct SchedulingWish {
  std::uint32_t size;
  std::uint32_t policy;
  std::uint64_t flags;
  std::int32_t nice;
  std::uint32_t priority;
  std::uint64_t runtime_ns;  // for ordinary threads, since Linux 6.12: the length of a turn
  std::uint64_t deadline_ns;
  std::uint64_t period_ns;
};

constexpr std::uint64_t turn_ns = 300'000;

}  // namespace

void become_prompt() {
  SchedulingWish wish{};
  wish.size = sizeof wish;
  wish.policy = SCHED_OTHER;
  wish.runtime_ns = turn_ns;
  syscall(SYS_sched_setattr, 0, &wish, 0);
}

}  // namespace bramble
