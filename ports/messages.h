// The tables that carry messages inside each service's database: outbox, inbox, jobs. Engines write them for
// Tx::publish and Tx::schedule; the runtime's dispatchers read them; nobody else knows them.
//
// outbox  one row an event, in the transaction of the change it tells of; `seq` follows commit order per key.
// inbox   one row a (consumer, event), in the transaction of the event's effect.
// jobs    one row a job that is waiting or dead.
#pragma once

#include <string_view>

#include "ports/database.h"

namespace bramble {

// Statements that create the three tables, for one dialect. May be run again.
std::string_view message_schema(Dialect dialect);

}  // namespace bramble
