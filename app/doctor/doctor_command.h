// The subcommand `doctor` of the command line: says what is missing or wrong on this machine or in this
// configuration.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace bramble {

class Command;

// What a configuration file (or, for "", the environment alone) came to when it was tried.
struct SettingsTrial {
  std::string complaint;             // what is wrong with it; empty if nothing is
  std::string settings;              // all that there are, a line each
  std::vector<std::string> lacking;  // what `serve` asks for besides, since the outside is no sandbox
};
using TrySettings = std::function<SettingsTrial(const std::string& config, bool sandbox)>;

// Adds it; when it was chosen, `exit_code` becomes 1 if anything has failed.
void add_doctor_command(Command& app, int& exit_code, TrySettings try_settings);

}  // namespace bramble
