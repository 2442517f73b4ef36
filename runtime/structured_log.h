// The process's log: coloured lines for people on a terminal, one JSON object a line otherwise.
// A value can never break a line or leave its place.
#pragma once

#include <functional>
#include <memory>

#include "runtime/log.h"

namespace bramble {

enum class LogForm { automatic, human, json };

struct LogOptions {
  LogLevel level = LogLevel::info;
  LogForm form = LogForm::automatic;  // human if standard error is a terminal
  // Where finished lines go; empty: standard error.
  std::function<void(std::string_view)> write;
};

std::unique_ptr<Logger> make_logger(LogOptions options);

// "debug", "info", "warn", "error"; Error invalid for anything else.
LogLevel log_level(std::string_view word);

}  // namespace bramble
