// One thread that waits for sockets and for moments in time; everything of a run happens on it.
// What it watches must outlive the run.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <vector>

#include "base/time.h"

namespace bramble::load {

class Ready {
 public:
  virtual ~Ready() = default;
  virtual void on_ready(std::uint32_t events) = 0;  // epoll's flags
};

class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void watch(int fd, std::uint32_t events, Ready& ready);
  void change(int fd, std::uint32_t events, Ready& ready);

  void after(Duration span, std::function<void()> action);

  // Goes on until `done` is true; it is asked after each round.
  void run_until(const std::function<bool()>& done);

  static std::int64_t now_us();  // monotonic

  // Where all sockets read into: what is in it holds until the next read.
  std::span<char> buffer() { return buffer_; }

 private:
  struct Alarm {
    std::int64_t at_us;
    std::uint64_t number;  // alarms of one moment ring in the order they were set
    std::function<void()> action;
    bool operator<(const Alarm& other) const {
      return at_us != other.at_us ? at_us > other.at_us : number > other.number;
    }
  };
  void ring();
  int wait_ms() const;

  int epoll_ = -1;
  std::uint64_t alarms_set_ = 0;
  std::priority_queue<Alarm> alarms_;
  std::vector<char> buffer_;
};

}  // namespace bramble::load
