// Tasks on an executor that the test runs bit by bit, beside threads that are held.
#pragma once

#include <boost/asio/io_context.hpp>

#include <vector>

#include "base/error.h"
#include "base/task.h"

namespace bramble {

struct Bench {
  Bench();

  void start(Task<void> task);

  // Kept until the program ends: the engine's thread may still be on its way out of it when the test is over.
  boost::asio::io_context& context;
  int answered = 0;
  std::vector<Error> errors;
};

}  // namespace bramble
