// The subcommand `doctor` of the command line: says what is missing or wrong on this machine or in this
// configuration.
#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace bramble {

// What is wrong with a configuration file (or, for "", the environment alone); empty if nothing is.
using SettingsTrial = std::function<std::string(const std::string& config)>;

// Adds it; when it was chosen, `exit_code` becomes 1 if anything has failed.
void add_doctor_command(CLI::App& app, int& exit_code, SettingsTrial trial);

}  // namespace bramble
