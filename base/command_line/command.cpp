#include "base/command_line/command.h"

#include <CLI/CLI.hpp>

namespace bramble {

CommandOption& CommandOption::required() {
  option_.required();
  return *this;
}

CommandOption& CommandOption::show_default() {
  option_.capture_default_str();
  return *this;
}

CommandOption& CommandOption::between(std::int64_t least, std::int64_t most) {
  option_.check(CLI::Range(least, most));
  return *this;
}

CommandOption& CommandOption::between(double least, double most) {
  option_.check(CLI::Range(least, most));
  return *this;
}

CommandOption& CommandOption::one_of(const std::vector<std::string>& words) {
  option_.check(CLI::IsMember(words));
  return *this;
}

Command::Command(const std::string& what) : root_(std::make_unique<CLI::App>(what)), app_(*root_) {}

Command::Command(CLI::App& app) : app_(app) {}

Command::~Command() = default;

Command& Command::command(const std::string& name, const std::string& what) {
  commands_.emplace_back(new Command(*app_.add_subcommand(name, what)));
  return *commands_.back();
}

void Command::require_command() { app_.require_subcommand(1); }

CommandOption Command::option(const std::string& name, std::string& place, const std::string& what) {
  return CommandOption(*app_.add_option(name, place, what));
}

CommandOption Command::option(const std::string& name, std::vector<std::string>& place,
                              const std::string& what) {
  return CommandOption(*app_.add_option(name, place, what));
}

CommandOption Command::option(const std::string& name, int& place, const std::string& what) {
  return CommandOption(*app_.add_option(name, place, what));
}

CommandOption Command::option(const std::string& name, std::uint16_t& place, const std::string& what) {
  return CommandOption(*app_.add_option(name, place, what));
}

CommandOption Command::option(const std::string& name, std::int64_t& place, const std::string& what) {
  return CommandOption(*app_.add_option(name, place, what));
}

CommandOption Command::option(const std::string& name, double& place, const std::string& what) {
  return CommandOption(*app_.add_option(name, place, what));
}

void Command::flag(const std::string& name, bool& place, const std::string& what) {
  app_.add_flag(name, place, what);
}

void Command::on_run(std::function<void()> run) { app_.callback(std::move(run)); }

void Command::version(const std::string& text) {
  app_.set_version_flag("--version", text, "Print the version and exit");
}

std::optional<int> Command::parse(int argc, char** argv) {
  try {
    app_.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::ParseError& failure) {
    return app_.exit(failure);
  }
}

void Command::parse(const std::string& line) { app_.parse(line, true); }

}  // namespace bramble
