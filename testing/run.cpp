#include "testing/run.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace bramble {

void run_sync(Task<void> task) {
  boost::asio::io_context context(1);
  std::exception_ptr failure;
  boost::asio::co_spawn(context, std::move(task), [&failure](std::exception_ptr ended) { failure = ended; });
  context.run();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace bramble
