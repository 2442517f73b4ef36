// A log that nobody reads.
#pragma once

#include "runtime/log.h"

namespace bramble {

class QuietLogger final : public Logger {
 public:
  void write(LogLevel, std::string_view, std::initializer_list<LogField>, const Call*) override {}
};

}  // namespace bramble
