// bramble staff add|list|roles|disable|enable|reset-password|reset-factor: the accounts of staff of a stopped
// instance.
#pragma once

namespace bramble {

class Command;

void add_staff_command(Command& app, int& exit_code);

}  // namespace bramble
