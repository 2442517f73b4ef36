// Runs a coroutine from an ordinary test: blocks until it has ended and gives its value or throws its
// failure. Each run has an executor of its own, which the calling thread runs.
#pragma once

#include <optional>
#include <type_traits>

#include "base/task.h"

namespace bramble {

void run_sync(Task<void> task);

namespace run_detail {

template <class T>
Task<void> keep(Task<T> task, std::optional<T>& result) {
  result.emplace(co_await std::move(task));
}

}  // namespace run_detail

template <class T>
  requires(!std::is_void_v<T>)
T run_sync(Task<T> task) {
  std::optional<T> result;
  run_sync(run_detail::keep(std::move(task), result));
  return std::move(*result);
}

}  // namespace bramble
