#include "engines/sqlite/sqlite_writer.h"

#include <chrono>

namespace bramble::sqlite {
namespace {

using Steady = std::chrono::steady_clock;

// Savepoints cost a unit of ten statements 5 of its then 18 microseconds: copies of the pages that it
// changes. So a batch is first run without them; if a unit that has written throws, the batch is undone and
// run again with them. Where that would happen to every second batch, savepoints at once are cheaper.
constexpr double worth_savepoints = 0.5;
constexpr double weight_of_latest = 0.2;

std::uint64_t us_since(Steady::time_point start) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - start).count());
}

bool is_fatal(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    return error.code == ErrorCode::unavailable && error.reason == "database_unavailable";
  } catch (...) {
    return false;
  }
}

}  // namespace

Writer::Writer(const SqliteOptions& options, ReaderGate& gate, Counters& counters,
               std::function<void(const CommittedMessages&)> notify)
    : options_(options),
      counters_(counters),
      notify_(std::move(notify)),
      connection_(options.path, Access::write, options.writer_cache_kib, 0),
      tx_(connection_, *options.clock, *options.random, Access::write),
      checkpointer_(options, connection_, gate),
      queue_(options.waiting_units) {
  thread_ = std::thread([this] { serve(); });
}

Writer::~Writer() {
  queue_.close();
  thread_.join();
}

void Writer::serve() {
  while (true) {
    if (batch_.empty() && shared_ && options_.gather_time.us > 0) {
      std::this_thread::sleep_for(std::chrono::microseconds(options_.gather_time.us));
    }
    if (batch_.empty()) queue_.take(options_.batch_units, batch_);
    shared_ = batch_.size() > 1;
    if (batch_.empty()) return;
    perform_batch();
    checkpointer_.after_commit();
  }
}

void Writer::perform_batch() {
  bool shared = batch_.size() > 1;
  undone_ = false;
  bool with_savepoints = shared && undone_share_ > worth_savepoints;
  Outcome outcome = run_batch(with_savepoints);
  if (outcome == Outcome::redo) {
    counters_.retried_units += ran_;
    outcome = run_batch(true);
  }
  if (shared) undone_share_ += ((undone_ ? 1.0 : 0.0) - undone_share_) * weight_of_latest;
  bool has_messages = outcome == Outcome::committed && (messages_.published || messages_.first_job);
  answer();
  if (has_messages) notify_(messages_);
}

Writer::Outcome Writer::run_batch(bool with_savepoints) {
  auto start = Steady::now();
  ran_ = 0;
  messages_ = {};
  try {
    connection_.control("BEGIN IMMEDIATE");
    for (DatabaseUnit* unit : batch_) {
      ++ran_;
      unit->failure = nullptr;
      if (!run_unit(*unit, with_savepoints)) {
        roll_back();
        return Outcome::redo;
      }
      if (ran_ % 16 == 0 && us_since(start) > static_cast<std::uint64_t>(options_.batch_time.us)) break;
    }
    counters_.busy_us += us_since(start);
    return commit();
  } catch (...) {
    // BEGIN failed, or the transaction is gone with everything in it: the disk is full, or worse.
    roll_back();
    fail_batch(std::current_exception());
    return Outcome::lost;
  }
}

bool Writer::run_unit(DatabaseUnit& unit, bool with_savepoints) {
  if (unit.call->deadline < options_.clock->now()) {
    unit.failure = std::make_exception_ptr(
        Error(ErrorCode::timeout, "deadline", "the deadline passed before the transaction began"));
    return true;
  }
  bool alone = batch_.size() == 1;
  if (options_.rehearse) rehearse(unit);
  if (with_savepoints) connection_.control("SAVEPOINT unit");
  try {
    work(unit);
    tx_.move_messages(messages_);
  } catch (...) {
    unit.failure = std::current_exception();
  }
  if (unit.failure) {
    if (!connection_.in_transaction() || is_fatal(unit.failure)) std::rethrow_exception(unit.failure);
    undone_ |= tx_.wrote();
    if (with_savepoints) {
      connection_.control("ROLLBACK TO unit");
    } else if (tx_.wrote()) {
      if (!alone) return false;
      connection_.control("ROLLBACK");
      connection_.control("BEGIN IMMEDIATE");
    }
  }
  if (with_savepoints) connection_.control("RELEASE unit");
  return true;
}

void Writer::rehearse(DatabaseUnit& unit) {
  connection_.control("SAVEPOINT rehearsal");
  try {
    work(unit);
  } catch (...) {  // NOLINT: it will throw again
  }
  connection_.control("ROLLBACK TO rehearsal");
  connection_.control("RELEASE rehearsal");
}

void Writer::work(DatabaseUnit& unit) {
  tx_.start(*unit.call);
  (*unit.work)(tx_);
  tx_.finish();
}

Writer::Outcome Writer::commit() {
  auto start = Steady::now();
  try {
    connection_.control("COMMIT");
  } catch (const Error& error) {
    // A failed write leaves nothing. A failed sync may have left the whole batch on the disk.
    bool unknown = (connection_.last_code() & 0xff) == SQLITE_IOERR;
    roll_back();
    fail_batch(std::make_exception_ptr(
        Error(ErrorCode::unavailable, unknown ? "commit_unknown" : "database_unavailable", error.message)));
    return Outcome::lost;
  }
  counters_.commit_us += us_since(start);
  ++counters_.commits;
  return Outcome::committed;
}

void Writer::roll_back() {
  if (!connection_.in_transaction()) return;
  try {
    connection_.control("ROLLBACK");
  } catch (
      const Error&) {  // NOLINT: SQLite has rolled back by itself, or BEGIN will say that the file is gone
  }
}

void Writer::fail_batch(const std::exception_ptr& failure) {
  for (std::size_t i = 0; i < ran_; ++i) {
    if (!batch_[i]->failure) batch_[i]->failure = failure;
  }
  if (ran_ == 0 && !batch_.empty()) {
    ran_ = batch_.size();
    for (DatabaseUnit* unit : batch_) unit->failure = failure;
  }
}

void Writer::answer() {
  std::uint64_t failed = 0;
  for (std::size_t i = 0; i < ran_; ++i) failed += batch_[i]->failure ? 1 : 0;
  counters_.failed_units += failed;
  counters_.units += ran_ - failed;
  // A unit lives in its caller's coroutine, which may end as soon as it is resumed.
  for (std::size_t i = 0; i < ran_; ++i) {
    Resume resume = std::move(batch_[i]->resume);
    resume();
  }
  batch_.erase(batch_.begin(), batch_.begin() + static_cast<std::ptrdiff_t>(ran_));
}

}  // namespace bramble::sqlite
