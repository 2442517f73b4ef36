#include "testing/database/bench.h"

#include <boost/asio/co_spawn.hpp>

#include <deque>

namespace bramble {
namespace {

boost::asio::io_context& kept_context() {
  static std::deque<boost::asio::io_context> all;
  return all.emplace_back(1);
}

}  // namespace

Bench::Bench() : context(kept_context()) {}

void Bench::start(Task<void> task) {
  boost::asio::co_spawn(context, std::move(task), [this](std::exception_ptr failure) {
    ++answered;
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const Error& error) {
      errors.push_back(error);
    }
  });
}

}  // namespace bramble
