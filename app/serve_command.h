// The subcommand `serve` of the command line: runs the platform, or some roles of it, until SIGTERM.
#pragma once

namespace CLI {
class App;
}

namespace bramble {

// Adds it; when it was chosen, `exit_code` becomes 0 after a clean stop, and 1 if it could not start.
void add_serve_command(CLI::App& app, int& exit_code);

}  // namespace bramble
