// bramble staff add|list|roles|disable|enable|reset-password|reset-factor: the accounts of staff of a stopped
// instance.
#pragma once

namespace CLI {
class App;
}

namespace bramble {

void add_staff_command(CLI::App& app, int& exit_code);

}  // namespace bramble
