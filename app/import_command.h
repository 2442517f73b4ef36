// The subcommand `import` of the command line: takes products from a file into an instance that is stopped.
#pragma once

namespace bramble {

class Command;

// Adds it; when it was chosen, `exit_code` becomes 0 when the file was read to its end, whatever rows had to
// be left out, and 1 if that could not be.
void add_import_command(Command& app, int& exit_code);

}  // namespace bramble
