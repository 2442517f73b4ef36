// The subcommand `bench` of the command line.
#pragma once

namespace CLI {
class App;
}

namespace bramble::load {

// Adds it to the command line; when it was chosen, `exit_code` is set by the run.
void add_bench_command(CLI::App& app, int& exit_code);

}  // namespace bramble::load
