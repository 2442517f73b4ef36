#include "runtime/structured_log.h"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <chrono>

#include "base/error.h"
#include "base/time.h"
#include "ports/http_problem.h"

namespace bramble {
namespace {

constexpr std::array<std::string_view, 4> words = {"debug", "info", "warn", "error"};
constexpr std::array<spdlog::level::level_enum, 4> levels = {spdlog::level::debug, spdlog::level::info,
                                                             spdlog::level::warn, spdlog::level::err};

std::string present() {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return to_rfc3339({std::chrono::duration_cast<std::chrono::microseconds>(since).count()});
}

void append_member(std::string& line, std::string_view name, std::string_view text) {
  line.push_back(',');
  append_json_string(line, name);
  line.push_back(':');
  append_json_string(line, text);
}

std::string json_line(LogLevel level, std::string_view event, std::initializer_list<LogField> fields,
                      const Call* call) {
  std::string line = "{\"at\":\"" + present() + "\",\"level\":\"";
  line.append(words[static_cast<std::size_t>(level)]).append("\"");
  append_member(line, "event", event);
  for (const auto& field : fields) {
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      line.push_back(',');
      append_json_string(line, field.name);
      line.append(":").append(std::to_string(*number));
    } else {
      append_member(line, field.name, std::get<std::string>(field.value));
    }
  }
  if (call != nullptr && call->trace.trace_low != 0)
    append_member(line, "trace", to_traceparent(call->trace));
  if (call != nullptr && !call->request_id.empty()) append_member(line, "request_id", call->request_id);
  line.push_back('}');
  return line;
}

// A text as it is if it is one plain word, otherwise as a JSON string.
void append_value(std::string& line, std::string_view text) {
  bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '=';
  });
  plain ? void(line.append(text)) : append_json_string(line, text);
}

std::string human_line(LogLevel level, std::string_view event, std::initializer_list<LogField> fields,
                       const Call* call, bool colour) {
  static constexpr std::array<std::string_view, 4> colours = {"\x1b[2m", "\x1b[32m", "\x1b[33m", "\x1b[31m"};
  auto at = static_cast<std::size_t>(level);
  std::string line = present().substr(11, 12) + " ";
  if (colour) line.append(colours[at]);
  line.append(words[at]).append(words[at].size() < 5 ? "  " : " ");
  if (colour) line.append("\x1b[0m");
  line.append(event);
  auto name = [&](std::string_view text) {
    line.append(colour ? "  \x1b[2m" : "  ").append(text).append(colour ? "=\x1b[0m" : "=");
  };
  for (const auto& field : fields) {
    name(field.name);
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      line.append(std::to_string(*number));
    } else {
      append_value(line, std::get<std::string>(field.value));
    }
  }
  if (call != nullptr && !call->request_id.empty()) {
    name("request_id");
    append_value(line, call->request_id);
  }
  return line;
}

class WriteSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit WriteSink(std::function<void(std::string_view)> write) : write_(std::move(write)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& line) override {
    write_({line.payload.data(), line.payload.size()});
  }
  void flush_() override {}

  std::function<void(std::string_view)> write_;
};

class StructuredLogger : public Logger {
 public:
  explicit StructuredLogger(LogOptions options)
      : human_(options.form == LogForm::human ||
               (options.form == LogForm::automatic && ::isatty(STDERR_FILENO) == 1)),
        colour_(human_ && !options.write) {
    spdlog::sink_ptr sink;
    if (options.write) {
      sink = std::make_shared<WriteSink>(options.write);
    } else {
      sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    }
    sink->set_pattern("%v");
    log_ = std::make_unique<spdlog::logger>("bramble", std::move(sink));
    log_->set_level(levels[static_cast<std::size_t>(options.level)]);
  }

  void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields,
             const Call* call) override {
    auto wanted = levels[static_cast<std::size_t>(level)];
    if (!log_->should_log(wanted)) return;
    auto line =
        human_ ? human_line(level, event, fields, call, colour_) : json_line(level, event, fields, call);
    log_->log(wanted, spdlog::string_view_t(line.data(), line.size()));
  }

 private:
  bool human_;
  bool colour_;
  std::unique_ptr<spdlog::logger> log_;
};

}  // namespace

std::unique_ptr<Logger> make_logger(LogOptions options) {
  return std::make_unique<StructuredLogger>(std::move(options));
}

LogLevel log_level(std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<LogLevel>(i);
  }
  throw Error(ErrorCode::invalid, "bad_setting",
              "'" + std::string(word) + "' is no log level: debug, info, warn or error is wanted");
}

}  // namespace bramble
