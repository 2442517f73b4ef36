// A command of the program: its options, flags, subcommands and action. Only this folder includes CLI11,
// because it takes ten seconds to compile.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace bramble {

class CommandOption {
 public:
  explicit CommandOption(CLI::Option& option) : option_(option) {}

  CommandOption& required();
  // The help shows the current value of `place` as the default.
  CommandOption& show_default();
  // The bounds are inclusive.
  CommandOption& between(std::int64_t least, std::int64_t most);
  CommandOption& between(int least, int most) { return between(std::int64_t{least}, std::int64_t{most}); }
  CommandOption& between(double least, double most);
  CommandOption& one_of(const std::vector<std::string>& words);

 private:
  CLI::Option& option_;
};

class Command {
 public:
  // The program itself.
  explicit Command(const std::string& what);
  Command(const Command&) = delete;
  ~Command();

  // Returns a subcommand; it lives as long as this command.
  Command& command(const std::string& name, const std::string& what);
  // Requires a subcommand.
  void require_command();

  // "--name", or "NAME" for a positional argument. Writes the value to `place`, which outlives the run.
  CommandOption option(const std::string& name, std::string& place, const std::string& what);
  CommandOption option(const std::string& name, std::vector<std::string>& place, const std::string& what);
  CommandOption option(const std::string& name, int& place, const std::string& what);
  CommandOption option(const std::string& name, std::uint16_t& place, const std::string& what);
  CommandOption option(const std::string& name, std::int64_t& place, const std::string& what);
  CommandOption option(const std::string& name, double& place, const std::string& what);
  void flag(const std::string& name, bool& place, const std::string& what);
  // The action of the command; it runs after all values were checked.
  void on_run(std::function<void()> run);

  // What `--version` prints.
  void version(const std::string& text);

  // Runs the command line. Returns an exit code if the command line itself ends the program: for help, or
  // because it is wrong.
  std::optional<int> parse(int argc, char** argv);
  // The same for the program's name and arguments in one line; throws if they are wrong.
  void parse(const std::string& line);

 private:
  explicit Command(CLI::App& app);

  std::unique_ptr<CLI::App> root_;  // set only for the program itself
  CLI::App& app_;
  std::vector<std::unique_ptr<Command>> commands_;
};

}  // namespace bramble
