// One thread that runs coroutines. Everything started on its executor runs on that thread alone.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

#include "base/task.h"

namespace bramble {

class EventLoop {
 public:
  // `name` is what the thread is called, at most 15 characters.
  explicit EventLoop(std::string name);
  ~EventLoop();  // stops and joins
  EventLoop(const EventLoop&) = delete;

  boost::asio::any_io_executor executor();
  void start();
  // Ends the thread; what has not finished by then never will.
  void stop();
  bool is_running() const;

  // Runs the task on this loop while the calling thread, which is not the loop's, waits; throws what it
  // threw.
  void wait_for(Task<void> task);
  void call(std::function<void()> work);

  // The longest that the loop has been late for a timer since it was last asked, in microseconds.
  std::int64_t take_lag_us();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Runs the task on the calling thread, on a loop that exists only for it.
void run_here(Task<void> task);

template <class T>
  requires(!std::is_void_v<T>)
T run_here(Task<T> task) {
  std::optional<T> result;
  auto keep = [](Task<T> inner, std::optional<T>& kept) -> Task<void> {
    kept.emplace(co_await std::move(inner));
  };
  run_here(keep(std::move(task), result));
  return std::move(*result);
}

}  // namespace bramble
