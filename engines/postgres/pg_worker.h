// A thread with a connection of its own that runs waiting units one after another: again on conflict, again
// after the connection was lost before the commit was sent. It waits for a server that is away.
#pragma once

#include <atomic>
#include <thread>

#include "base/mutex.h"
#include "engines/postgres/pg_tx.h"
#include "ports/database_units.h"

namespace bramble::postgres {

// What the workers of a database share.
struct Shared {
  explicit Shared(const PostgresOptions& options) : options(options), units(options.waiting_units) {}

  const PostgresOptions options;
  DatabaseUnits units;
  std::function<void(const CommittedMessages&)> notify;

  Mutex mutex;
  std::condition_variable ends;  // so that nobody sleeps on while the database is closed
  bool ending GUARDED_BY(mutex) = false;

  std::atomic<std::uint64_t> committed{0};
  std::atomic<std::uint64_t> failed{0};
  std::atomic<std::uint64_t> retried{0};
  std::atomic<std::uint64_t> reads{0};
  std::atomic<std::uint64_t> busy_us{0};
  std::atomic<std::uint64_t> commit_us{0};
};

class Worker {
 public:
  explicit Worker(Shared& shared);
  // Returns when the units were closed and none is left.
  ~Worker() { thread_.join(); }

 private:
  void serve();
  void perform(DatabaseUnit& unit);
  void run_once(DatabaseUnit& unit);
  void await_server(const DatabaseUnit& unit);
  // Throws if the unit may not be run again.
  void before_next_attempt(const DatabaseUnit& unit, int attempt, const Error& why);
  // Sleeps for a while; false if the database is being closed.
  bool sleep(Duration span);
  void check_deadline(const DatabaseUnit& unit) const;

  Shared& shared_;
  Connection connection_;
  PgTx tx_;
  RandomBuffer random_;
  std::thread thread_;
};

}  // namespace bramble::postgres
