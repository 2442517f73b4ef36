// The subcommand `doctor` of the command line: says what is missing or wrong on this machine or in this
// configuration.
#pragma once

namespace CLI {
class App;
}

namespace bramble {

// Adds it; when it was chosen, `exit_code` becomes 1 if anything has failed.
void add_doctor_command(CLI::App& app, int& exit_code);

}  // namespace bramble
