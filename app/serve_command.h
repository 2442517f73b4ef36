// The subcommand `serve` of the command line: runs the platform, or some roles of it, until SIGTERM.
#pragma once

namespace bramble {

class Command;

// Adds it; when it was chosen, `exit_code` becomes 0 after a clean stop, and 1 if it could not start.
void add_serve_command(Command& app, int& exit_code);

}  // namespace bramble
