// A command of the program: its options, its flags, the commands under it, and what it does. Nobody else
// includes CLI11, which costs ten seconds a file.
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
  // The help shows the value that the place has now.
  CommandOption& show_default();
  // Both bounds are allowed.
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

  // Lives as long as this one.
  Command& command(const std::string& name, const std::string& what);
  // One of the commands under it has to be named.
  void require_command();

  // "--name", or "NAME" for one that is told by its position. Writes the value to `place`, which outlives the
  // run.
  CommandOption option(const std::string& name, std::string& place, const std::string& what);
  CommandOption option(const std::string& name, std::vector<std::string>& place, const std::string& what);
  CommandOption option(const std::string& name, int& place, const std::string& what);
  CommandOption option(const std::string& name, std::uint16_t& place, const std::string& what);
  CommandOption option(const std::string& name, std::int64_t& place, const std::string& what);
  CommandOption option(const std::string& name, double& place, const std::string& what);
  void flag(const std::string& name, bool& place, const std::string& what);
  // What is done when the command was named and all its values are good.
  void on_run(std::function<void()> run);

  // What `--version` prints.
  void version(const std::string& text);

  // Runs what the words say. The exit code if they ended it: help was printed, or what is wrong with them.
  std::optional<int> parse(int argc, char** argv);
  // The same with the program's name and the words in one line; throws what is wrong with them.
  void parse(const std::string& line);

 private:
  explicit Command(CLI::App& app);

  std::unique_ptr<CLI::App> root_;  // only of the program itself
  CLI::App& app_;
  std::vector<std::unique_ptr<Command>> commands_;
};

}  // namespace bramble
