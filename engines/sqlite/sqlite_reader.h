// A reading thread of a SQLite database. Waiting reads share a snapshot, taken after all of them were asked for.
#pragma once

#include <thread>

#include "engines/sqlite/reader_gate.h"
#include "engines/sqlite/sqlite.h"
#include "engines/sqlite/sqlite_counters.h"
#include "engines/sqlite/sqlite_tx.h"
#include "engines/sqlite/unit_queue.h"

namespace bramble::sqlite {

class Reader {
 public:
  Reader(const SqliteOptions& options, UnitQueue& queue, ReaderGate& gate, Counters& counters);
  // Returns when the queue was closed and is empty.
  ~Reader() { thread_.join(); }

 private:
  void serve();
  void perform(std::vector<Unit*>& units);
  void run_unit(Unit& unit);

  const SqliteOptions options_;
  UnitQueue& queue_;
  ReaderGate& gate_;
  Counters& counters_;
  Connection connection_;
  SqliteTx tx_;
  std::thread thread_;
};

}  // namespace bramble::sqlite
