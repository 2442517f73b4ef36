// The subcommand `bench` of the command line.
#pragma once

namespace bramble {
class Command;
}

namespace bramble::load {

// Adds it to the command line; when it was chosen, `exit_code` is set by the run.
void add_bench_command(Command& app, int& exit_code);

}  // namespace bramble::load
