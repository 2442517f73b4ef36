#include "engines/sqlite/sqlite_reader.h"

namespace bramble::sqlite {
namespace {

// Few, so that a slow read keeps few others waiting.
constexpr std::size_t reads_of_a_snapshot = 4;

}  // namespace

Reader::Reader(const SqliteOptions& options, DatabaseUnits& queue, ReaderGate& gate, Counters& counters)
    : options_(options),
      queue_(queue),
      gate_(gate),
      counters_(counters),
      connection_(options.path, Access::read, options.reader_cache_kib, options.mapped_bytes),
      tx_(connection_, *options.clock, *options.random, Access::read) {
  thread_ = std::thread([this] { serve(); });
}

void Reader::serve() {
  std::vector<DatabaseUnit*> units;
  while (true) {
    units.clear();
    queue_.take(reads_of_a_snapshot, units);
    if (units.empty()) return;
    gate_.enter();
    perform(units);
    gate_.leave();
    // A unit lives in its caller's coroutine, which may end as soon as it is resumed.
    for (DatabaseUnit* unit : units) {
      Resume resume = std::move(unit->resume);
      resume();
    }
    counters_.reads += units.size();
  }
}

void Reader::perform(std::vector<DatabaseUnit*>& units) {
  try {
    connection_.control("BEGIN");
    for (DatabaseUnit* unit : units) run_unit(*unit);
    connection_.control("COMMIT");
  } catch (...) {
    for (DatabaseUnit* unit : units) {
      if (!unit->failure) unit->failure = std::current_exception();
    }
    if (connection_.in_transaction()) {
      try {
        connection_.control("ROLLBACK");
      } catch (const Error&) {  // NOLINT: the next BEGIN says what is wrong
      }
    }
  }
}

void Reader::run_unit(DatabaseUnit& unit) {
  try {
    if (unit.call->deadline < options_.clock->now()) {
      throw Error(ErrorCode::timeout, "deadline", "the deadline passed before the read began");
    }
    tx_.start(*unit.call);
    (*unit.work)(tx_);
    tx_.finish();
  } catch (...) {
    unit.failure = std::current_exception();
  }
}

}  // namespace bramble::sqlite
