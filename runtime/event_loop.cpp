#include "runtime/event_loop.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

namespace bramble {
namespace asio = boost::asio;
namespace {

constexpr auto lag_probe = std::chrono::milliseconds(250);

}  // namespace

struct EventLoop::State {
  std::string name;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  asio::steady_timer probe{context};
  std::atomic<std::int64_t> lag_us = 0;
  std::thread thread;

  void watch_lag() {
    probe.expires_after(lag_probe);
    probe.async_wait([this](boost::system::error_code failure) {
      if (failure) return;
      auto late = std::chrono::steady_clock::now() - probe.expiry();
      auto late_us = std::chrono::duration_cast<std::chrono::microseconds>(late).count();
      auto known = lag_us.load();
      while (late_us > known && !lag_us.compare_exchange_weak(known, late_us)) {
      }
      watch_lag();
    });
  }
};

EventLoop::EventLoop(std::string name) : state_(std::make_unique<State>()) { state_->name = std::move(name); }

EventLoop::~EventLoop() { stop(); }

asio::any_io_executor EventLoop::executor() { return state_->context.get_executor(); }

void EventLoop::start() {
  state_->watch_lag();
  state_->thread = std::thread([state = state_.get()] { state->context.run(); });
  pthread_setname_np(state_->thread.native_handle(), state_->name.c_str());
}

void EventLoop::stop() {
  state_->context.stop();
  if (state_->thread.joinable()) state_->thread.join();
}

bool EventLoop::is_running() const { return state_->thread.joinable(); }

// The promise is shared: the waiting thread may be gone before the fulfilling one has left it.
void EventLoop::wait_for(Task<void> task) {
  auto ended = std::make_shared<std::promise<void>>();
  asio::co_spawn(state_->context, std::move(task), [ended](std::exception_ptr failure) {
    failure ? ended->set_exception(failure) : ended->set_value();
  });
  ended->get_future().get();
}

void EventLoop::call(std::function<void()> work) {
  auto task = std::make_shared<std::packaged_task<void()>>(std::move(work));
  asio::post(state_->context, [task] { (*task)(); });
  task->get_future().get();
}

std::int64_t EventLoop::take_lag_us() { return state_->lag_us.exchange(0); }

void run_here(Task<void> task) {
  // Kept as long as the thread: whoever has just resumed the task may still be on its way out of the context.
  thread_local asio::io_context context(1);
  context.restart();
  // A database answers from its own thread: until then the context has nothing to do but must not end.
  auto work = asio::make_work_guard(context);
  std::exception_ptr outcome;
  asio::co_spawn(context, std::move(task), [&outcome](std::exception_ptr failure) {
    outcome = failure;
    context.stop();
  });
  context.run();
  if (outcome) std::rethrow_exception(outcome);
}

}  // namespace bramble
