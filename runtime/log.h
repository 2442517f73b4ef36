// Structured logs: an event and fields. Readable lines on a terminal; elsewhere one JSON object per line.
// Values are escaped. Secrets are never logged.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "base/call.h"

namespace bramble {

enum class LogLevel { debug, info, warn, error };

struct LogField {
  LogField(std::string_view name, std::string_view value) : name(name), value(std::string(value)) {}
  LogField(std::string_view name, const char* value) : name(name), value(std::string(value)) {}
  LogField(std::string_view name, const std::string& value) : name(name), value(value) {}
  LogField(std::string_view name, std::int64_t value) : name(name), value(value) {}
  LogField(std::string_view name, int value) : name(name), value(std::int64_t(value)) {}
  LogField(std::string_view name, std::size_t value) : name(name), value(static_cast<std::int64_t>(value)) {}
  std::string_view name;
  std::variant<std::string, std::int64_t> value;
};

class Logger {
 public:
  virtual ~Logger() = default;
  // `event` is a short, stable phrase: "payment captured". The trace and request id of `call` are added.
  virtual void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields,
                     const Call* call = nullptr) = 0;

  void debug(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::debug, event, fields);
  }
  void info(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::info, event, fields);
  }
  void warn(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::warn, event, fields);
  }
  void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::error, event, fields);
  }
};

}  // namespace bramble
