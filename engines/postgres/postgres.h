// The PostgreSQL engine of the database port: a schema of one server, a worker thread for each connection,
// units in serialisable transactions that are run again on conflict. One server is one shard, so `owner` is
// not needed.
#pragma once

#include <memory>
#include <string>

#include "ports/clock.h"
#include "ports/database.h"

namespace bramble {

struct PostgresOptions {
  std::string conninfo;          // as libpq takes it; may hold the password
  std::string schema;            // made if missing: "inventory"
  const Clock* clock = nullptr;  // both outlive the database
  Random* random = nullptr;
  std::size_t connections = 4;
  std::size_t waiting_units = 20'000;  // more are answered Error exhausted
  int attempts = 40;                   // of a unit that meets conflicts, then Error unavailable "contention"
  Duration outage =
      seconds(30);  // a unit waits this long for the server at most, and never past its deadline
  Duration statement_time = seconds(30);
};

// Creates the schema and the tables of ports/messages.h. Throws Error unavailable if the server cannot be
// reached, internal "postgres_order" if it does not keep text as UTF-8 ordered by bytes. The destructor
// finishes the units that were accepted.
std::unique_ptr<Database> open_postgres(const PostgresOptions& options);

}  // namespace bramble
