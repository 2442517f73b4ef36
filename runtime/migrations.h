// Brings the schema of a database up to date. An applied migration is never applied again, changed or
// reverted: it is an error if it was edited later or if this program does not know it.
#pragma once

#include <span>
#include <string>

#include "ports/clock.h"
#include "ports/database.h"
#include "runtime/module.h"

namespace bramble {

// Creates the message tables and applies the missing migrations, each in one transaction with its record.
// Blocks. Returns how many were applied. Throws Error invalid that names the module and the migration.
std::size_t migrate(Database& database, const std::string& module, std::span<const Migration> migrations,
                    const Clock& clock);

}  // namespace bramble
