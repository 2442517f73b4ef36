#include "bench/load/loop.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <system_error>

namespace bramble::load {
namespace {

constexpr int events_per_round = 256;
constexpr int longest_wait_ms = 100;  // so that `done` is asked although nothing happens

void control(int epoll, int operation, int fd, std::uint32_t events, Ready& ready) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &ready;
  if (epoll_ctl(epoll, operation, fd, &event) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
}

}  // namespace

Loop::Loop() : epoll_(epoll_create1(EPOLL_CLOEXEC)), buffer_(256 * 1024) {
  if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

Loop::~Loop() { close(epoll_); }

void Loop::watch(int fd, std::uint32_t events, Ready& ready) {
  control(epoll_, EPOLL_CTL_ADD, fd, events, ready);
}

void Loop::change(int fd, std::uint32_t events, Ready& ready) {
  control(epoll_, EPOLL_CTL_MOD, fd, events, ready);
}

void Loop::after(Duration span, std::function<void()> action) {
  alarms_.push({now_us() + span.us, ++alarms_set_, std::move(action)});
}

std::int64_t Loop::now_us() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1'000;
}

void Loop::ring() {
  auto now = alarms_.empty() ? 0 : now_us();
  while (!alarms_.empty() && alarms_.top().at_us <= now) {
    auto action = std::move(const_cast<Alarm&>(alarms_.top()).action);
    alarms_.pop();
    action();
  }
}

int Loop::wait_ms() const {
  if (alarms_.empty()) return longest_wait_ms;
  auto left_ms = (alarms_.top().at_us - now_us() + 999) / 1'000;
  return static_cast<int>(std::clamp<std::int64_t>(left_ms, 0, longest_wait_ms));
}

void Loop::run_until(const std::function<bool()>& done) {
  std::array<epoll_event, events_per_round> events;
  while (!done()) {
    int count = epoll_wait(epoll_, events.data(), events_per_round, wait_ms());
    if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "epoll_wait");
    for (int i = 0; i < count; ++i) {
      auto& event = events[static_cast<std::size_t>(i)];
      static_cast<Ready*>(event.data.ptr)->on_ready(event.events);
    }
    ring();
  }
}

}  // namespace bramble::load
