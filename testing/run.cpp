#include "testing/run.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <mutex>

namespace bramble {
namespace {

// Executors are kept until the program ends: a thread that has just resumed a coroutine here may still be on
// its way out of the executor when the coroutine has ended.
class Executors {
 public:
  std::unique_ptr<boost::asio::io_context> take() {
    std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<boost::asio::io_context>(1);
    auto context = std::move(free_.back());
    free_.pop_back();
    context->restart();
    return context;
  }
  void give_back(std::unique_ptr<boost::asio::io_context> context) {
    std::lock_guard lock(mutex_);
    free_.push_back(std::move(context));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<boost::asio::io_context>> free_;
};

Executors& executors() {
  static Executors all;
  return all;
}

}  // namespace

void run_sync(Task<void> task) {
  auto context = executors().take();
  std::exception_ptr failure;
  boost::asio::co_spawn(*context, std::move(task), [&failure](std::exception_ptr ended) { failure = ended; });
  context->run();
  executors().give_back(std::move(context));
  if (failure) std::rethrow_exception(failure);
}

}  // namespace bramble
