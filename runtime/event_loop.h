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
  // `name` is the name of the thread, at most 15 characters.
  explicit EventLoop(std::string name);
  ~EventLoop();  // stops and joins
  EventLoop(const EventLoop&) = delete;

  boost::asio::any_io_executor executor();
  void start();
  // Ends the thread; tasks that have not finished are abandoned.
  void stop();
  bool is_running() const;

  // Runs the task on this loop and blocks the calling thread, which must be another one, until the task
  // ends. Throws what the task threw.
  void wait_for(Task<void> task);
  void call(std::function<void()> work);

  // The longest delay of a timer of this loop since the last call, in microseconds.
  std::int64_t take_lag_us();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Runs the task on the calling thread, on a temporary loop.
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
