// The log of the process: coloured lines on a terminal, otherwise one JSON object per line. Values are
// escaped, so they cannot break a line.
#pragma once

#include <functional>
#include <memory>

#include "runtime/log.h"

namespace bramble {

enum class LogForm { automatic, human, json };

struct LogOptions {
  LogLevel level = LogLevel::info;
  LogForm form = LogForm::automatic;  // human if standard error is a terminal
  // Receives finished lines; empty: standard error.
  std::function<void(std::string_view)> write;
};

std::unique_ptr<Logger> make_logger(LogOptions options);

// "debug", "info", "warn", "error"; Error invalid for anything else.
LogLevel log_level(std::string_view word);

}  // namespace bramble
