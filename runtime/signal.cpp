#include "runtime/signal.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace bramble {
namespace asio = boost::asio;

struct Signal::Timer {
  explicit Timer(const asio::any_io_executor& executor) : timer(executor) {}
  asio::steady_timer timer;
};

Signal::Signal(asio::any_io_executor executor)
    : executor_(std::move(executor)), timer_(std::make_unique<Timer>(executor_)) {}
Signal::~Signal() = default;

std::shared_ptr<Signal> Signal::make(asio::any_io_executor executor) {
  return std::shared_ptr<Signal>(new Signal(std::move(executor)));
}

void Signal::notify() {
  if (raised_.exchange(true)) return;
  // The cancel may come late and end a later wait; that wait then only ends early.
  asio::post(executor_, [self = shared_from_this()] { self->timer_->timer.cancel(); });
}

Task<bool> Signal::wait_us(std::int64_t microseconds) {
  auto self = shared_from_this();
  if (raised_.exchange(false)) co_return true;
  if (microseconds <= 0) co_return false;
  timer_->timer.expires_after(std::chrono::microseconds(microseconds));
  boost::system::error_code ignored;
  co_await timer_->timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  co_return raised_.exchange(false);
}

Task<bool> TaskCount::all_left(Duration patience) {
  auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(patience.us);
  while (running_ > 0) {
    auto left = std::chrono::duration_cast<std::chrono::microseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) co_return false;
    co_await signal_->wait_us(left.count());
  }
  co_return true;
}

}  // namespace bramble
