// Brings a database's schema forward. What was applied is never applied again, changed or taken back: a
// migration that was edited after it was applied, or that this program does not know, is an error.
#pragma once

#include <span>
#include <string>

#include "ports/clock.h"
#include "ports/database.h"
#include "runtime/module.h"

namespace bramble {

// Creates the message tables and applies the missing migrations, each in one transaction with its record.
// Blocking. Returns how many were applied. Throws Error invalid that names the module and the migration.
std::size_t migrate(Database& database, const std::string& module, std::span<const Migration> migrations,
                    const Clock& clock);

}  // namespace bramble
