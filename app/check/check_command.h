// The subcommand `check` of the command line: audits the invariants over the stores of a stopped or running
// instance.
#pragma once

namespace CLI {
class App;
}

namespace bramble {

// Adds it; when it was chosen, `exit_code` becomes 0, 1 if a row violates an invariant, or 2 if the stores
// cannot be read.
void add_check_command(CLI::App& app, int& exit_code);

}  // namespace bramble
