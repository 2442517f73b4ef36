#include "base/task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace bramble {
namespace asio = boost::asio;

Task<void> suspend(std::function<void(Resume)> start) {
  auto executor = co_await asio::this_coro::executor;
  auto initiate = [executor, &start](auto handler) {
    // std::function wants a copyable callable; the handler is move-only, so it is shared.
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    start([executor, shared] { asio::post(executor, [shared] { std::move (*shared)(); }); });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiate, asio::use_awaitable);
}

Task<void> pause_us(std::int64_t microseconds) {
  asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::microseconds(microseconds));
  co_await timer.async_wait(asio::use_awaitable);
}

Task<void> all(std::vector<Task<void>> tasks) {
  if (tasks.empty()) co_return;
  struct State {
    std::size_t left;
    std::exception_ptr failure;
    Resume resume;
  };
  auto state = std::make_shared<State>(State{tasks.size(), nullptr, {}});
  auto executor = co_await asio::this_coro::executor;
  co_await suspend([&](Resume resume) {
    state->resume = std::move(resume);
    for (auto& task : tasks) {
      asio::co_spawn(executor, std::move(task), [state](std::exception_ptr failure) {
        if (failure && !state->failure) state->failure = failure;
        if (--state->left == 0) state->resume();
      });
    }
  });
  if (state->failure) std::rethrow_exception(state->failure);
}

void spawn(const asio::any_io_executor& executor, Task<void> task,
           std::function<void(std::exception_ptr)> failed) {
  asio::co_spawn(executor, std::move(task), [failed = std::move(failed)](std::exception_ptr failure) {
    if (failure && failed) failed(failure);
  });
}

}  // namespace bramble
