// A coroutine of Bramble, and the one way to wait for another thread. A coroutine always resumes on the
// executor that it started on, so its code needs no locks.
#pragma once

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace bramble {

template <class T = void>
using Task = boost::asio::awaitable<T>;

// Resumes a suspended coroutine. Any thread may call it, exactly once.
using Resume = std::function<void()>;

// Suspends the calling coroutine, calls `start` with its Resume, and returns after the Resume was called.
// `start` must not throw after it has passed the Resume on.
Task<void> suspend(std::function<void(Resume)> start);

// Waits on the executor's timer, in microseconds.
Task<void> pause_us(std::int64_t microseconds);

// Runs the tasks concurrently on the caller's executor and returns when all have ended. Then throws the
// first failure, if there is one.
Task<void> all(std::vector<Task<void>> tasks);

template <class T>
Task<void> into(std::optional<T>& place, Task<T> task) {
  place.emplace(co_await std::move(task));
}

// Runs two tasks concurrently, as `all` does, and returns their results.
template <class A, class B>
Task<std::pair<A, B>> both(Task<A> first, Task<B> second) {
  std::optional<A> one;
  std::optional<B> other;
  std::vector<Task<void>> tasks;
  tasks.push_back(into(one, std::move(first)));
  tasks.push_back(into(other, std::move(second)));
  co_await all(std::move(tasks));
  co_return std::pair<A, B>(std::move(*one), std::move(*other));
}

// Starts a task that nobody waits for. If it fails, `failed` is called with the failure.
void spawn(const boost::asio::any_io_executor& executor, Task<void> task,
           std::function<void(std::exception_ptr)> failed);

}  // namespace bramble
