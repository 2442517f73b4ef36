#include "base/batches.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

namespace bramble {
namespace {

int batches_run(int most, int needed) {
  boost::asio::io_context loop;
  int run = 0;
  auto work = [&]() -> Task<void> {
    co_await in_batches(most, [&]() -> Task<bool> { co_return ++run < needed; });
  };
  std::exception_ptr failure;
  spawn(loop.get_executor(), work(), [&](std::exception_ptr why) { failure = why; });
  loop.run();
  EXPECT_FALSE(failure);
  return run;
}

TEST(Batches, AreRunUntilThereIsNoMoreToDo) {
  EXPECT_EQ(batches_run(10, 1), 1);
  EXPECT_EQ(batches_run(10, 4), 4);
}

TEST(Batches, AreNoMoreThanAllowed) { EXPECT_EQ(batches_run(3, 100), 3); }

}  // namespace
}  // namespace bramble
