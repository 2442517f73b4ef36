// The subcommand `check` of the command line: audits the invariants over the stores of a stopped or running
// instance.
#pragma once

namespace bramble {

class Command;

// Adds it; when it was chosen, `exit_code` becomes 0, 1 if a row violates an invariant, or 2 if the stores
// cannot be read.
void add_check_command(Command& app, int& exit_code);

}  // namespace bramble
