// The embedded engine of the database port: one SQLite file, one writer thread that shares each durable
// commit among the units that wait, and readers on connections of their own. `owner` is not needed: there is
// one shard.
#pragma once

#include <memory>
#include <string>

#include "ports/clock.h"
#include "ports/database.h"

namespace bramble {

struct SqliteOptions {
  std::string path;              // created if missing; its folder has to be there
  const Clock* clock = nullptr;  // both outlive the database
  Random* random = nullptr;
  std::size_t readers = 2;             // reading threads
  std::size_t waiting_units = 20'000;  // more are answered Error exhausted; for reads the same bound again
  std::size_t batch_units = 256;       // units that share one commit at most
  Duration batch_time = milliseconds(20);  // a batch that has run this long is committed
  // Where the last commit was shared, the writer waits this long for more units before it begins the next
  // batch: fewer and larger commits cost less. A caller that is alone never waits for it.
  Duration gather_time = microseconds(0);
  std::int64_t writer_cache_kib = 32 << 10;
  std::int64_t reader_cache_kib = 4 << 10;
  std::int64_t mapped_bytes = std::int64_t{256} << 20;  // of the file, as readers see it
  // Runs each unit twice and undoes the first run: for tests, so that a unit that cannot be run again is
  // found.
  bool rehearse = false;
  std::int64_t checkpoint_frames = 4'096;  // of the log, before they are copied into the file
};

// Creates the tables of ports/messages.h. Throws Error unavailable if the file cannot be opened. The
// destructor finishes the units that were accepted.
std::unique_ptr<Database> open_sqlite(const SqliteOptions& options);

}  // namespace bramble
