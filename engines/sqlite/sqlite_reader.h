// A reading thread of a SQLite database. Waiting reads share a snapshot, taken after all of them were asked
// for.
#pragma once

#include <thread>

#include "engines/sqlite/reader_gate.h"
#include "engines/sqlite/sqlite.h"
#include "engines/sqlite/sqlite_counters.h"
#include "engines/sqlite/sqlite_tx.h"
#include "ports/database_units.h"

namespace bramble::sqlite {

class Reader {
 public:
  Reader(const SqliteOptions& options, DatabaseUnits& queue, ReaderGate& gate, Counters& counters);
  // Returns when the queue was closed and is empty.
  ~Reader() { thread_.join(); }

 private:
  void serve();
  void perform(std::vector<DatabaseUnit*>& units);
  void run_unit(DatabaseUnit& unit);

  const SqliteOptions options_;
  DatabaseUnits& queue_;
  ReaderGate& gate_;
  Counters& counters_;
  Connection connection_;
  SqliteTx tx_;
  std::thread thread_;
};

}  // namespace bramble::sqlite
