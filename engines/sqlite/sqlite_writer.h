// The writing half of a SQLite database: one thread that drains the waiting units, commits them together and
// only then answers them. A unit that throws leaves nothing; the others of its batch are not touched by that.
#pragma once

#include <thread>

#include "engines/sqlite/checkpointer.h"
#include "engines/sqlite/sqlite_counters.h"
#include "engines/sqlite/sqlite_tx.h"
#include "ports/database_units.h"

namespace bramble::sqlite {

class Writer {
 public:
  Writer(const SqliteOptions& options, ReaderGate& gate, Counters& counters,
         std::function<void(const CommittedMessages&)> notify);
  // Finishes the units that were accepted.
  ~Writer();

  DatabaseUnits& queue() { return queue_; }
  const DatabaseUnits& queue() const { return queue_; }

 private:
  enum class Outcome { committed, redo, lost };

  void serve();
  void perform_batch();
  Outcome run_batch(bool with_savepoints);
  // False if the unit had to be undone and only the whole batch can be.
  bool run_unit(DatabaseUnit& unit, bool with_savepoints);
  void rehearse(DatabaseUnit& unit);
  void work(DatabaseUnit& unit);
  Outcome commit();
  void roll_back();
  void fail_batch(const std::exception_ptr& failure);
  void answer();

  const SqliteOptions options_;
  Counters& counters_;
  const std::function<void(const CommittedMessages&)> notify_;
  Connection connection_;
  SqliteTx tx_;
  Checkpointer checkpointer_;
  DatabaseUnits queue_;

  std::vector<DatabaseUnit*> batch_;
  std::size_t ran_ = 0;         // of the batch; the rest waits for the next commit
  CommittedMessages messages_;  // of the units that ran
  bool shared_ = false;         // the latest batch held several units
  bool undone_ = false;         // a unit of the batch had to be undone
  double undone_share_ = 0;     // of the latest batches
  std::thread thread_;
};

}  // namespace bramble::sqlite
