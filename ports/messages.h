// The tables for messages in the database of each service: outbox, inbox, jobs. Engines write them for
// Tx::publish and Tx::schedule, and the runtime's dispatchers read them. Other code does not use them.
//
// outbox  one row per event, written in the transaction of the change; `seq` follows the commit order of a
// key. inbox   one row per consumer and event, written in the transaction of the event's effect. jobs    one
// row per job that waits or is a dead letter.
#pragma once

#include <string_view>

#include "ports/database.h"

namespace bramble {

// The statements that create the three tables. They may run again.
std::string_view message_schema(Dialect dialect);

}  // namespace bramble
