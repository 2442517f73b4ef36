// The database port.
// Promise: a unit of work given to `transact` is one serialisable transaction within its shard. When the call
// returns, the unit is durable. When it throws, nothing of the unit remains, except after Error unavailable
// "commit_unknown": then it may be there as a whole. On a conflict the engine runs the unit again. So a unit
// changes only its Tx and its captures, and sets the captures anew in each run. A unit cannot co_await.
// `read` sees one consistent snapshot and must not write.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <span>
#include <type_traits>

#include "base/call.h"
#include "base/task.h"
#include "ports/sql.h"

namespace bramble {

// An event or job as it is stored. rpcgen makes it.
struct Envelope {
  std::string_view type;  // "orders.OrderPaid"
  std::string key;        // the aggregate's id: messages of one key keep their order
  std::string payload;    // the encoded message
};

// A row of the outbox.
struct PublishedEvent {
  std::int64_t seq = 0;
  std::string event_id;
  std::string type;
  std::string key;
  std::string payload;
  std::string trace;
  Time created_at;
};

// The messages of one commit, for the dispatchers.
struct CommittedMessages {
  bool published = false;
  // All events of the commit, ordered by number, if the engine commits in that order. Otherwise empty: the
  // dispatcher reads the outbox.
  std::vector<PublishedEvent> events;
  std::optional<Time> first_job;  // when the earliest scheduled job is due
};

// Indexed by StatementKind.
using StatementCounts = std::array<std::uint64_t, statement_kinds>;

class Tx {
 public:
  virtual ~Tx() = default;

  // The transaction's time: the same for all its statements, and not before its first run began.
  virtual Time now() const = 0;

  // Returns the rows of a SELECT, or of a statement with RETURNING.
  template <class... Args>
  Rows query(const Sql& sql, const Args&... args) {
    return query_listed(sql, std::array<SqlValue, sizeof...(Args)>{sql_value(args)...});
  }
  // The same for a number of parameters that is known only at run time.
  Rows query_listed(const Sql& sql, std::span<const SqlValue> values) {
    count(sql);
    return query_values(sql, values);
  }
  // Returns how many rows the statement changed.
  template <class... Args>
  std::int64_t exec(const Sql& sql, const Args&... args) {
    count(sql);
    return exec_values(sql, std::array<SqlValue, sizeof...(Args)>{sql_value(args)...});
  }
  // Runs a statement whose result is not needed. The engine may queue it; a failure ends the unit at its
  // commit at the latest.
  template <class... Args>
  void send(const Sql& sql, const Args&... args) {
    count(sql);
    send_values(sql, std::array<SqlValue, sizeof...(Args)>{sql_value(args)...});
  }

  virtual Rows query_values(const Sql& sql, std::span<const SqlValue> values) = 0;
  virtual std::int64_t exec_values(const Sql& sql, std::span<const SqlValue> values) = 0;
  virtual void send_values(const Sql& sql, std::span<const SqlValue> values) = 0;

  // Publishes an event in this transaction. If and only if the transaction commits, the event is delivered at
  // least once, in order per key.
  template <class Event>
  void publish(const Event& event) {
    publish_envelope(Envelope{Event::type, event.key(), event.encode()});
  }
  // Schedules a job. It runs soon after `at` if the transaction commits, and is repeated with back-off until
  // it succeeds or becomes a dead letter. It replaces a waiting job of the same type and key.
  template <class Job>
  void schedule(const Job& job, Time at) {
    schedule_envelope(Envelope{Job::type, job.key(), job.encode()}, at);
  }
  // Messages published and scheduled from here on belong to this trace instead of the call's: for a unit that
  // handles events of many requests. `trace` is what to_traceparent returns.
  virtual void continue_trace([[maybe_unused]] std::string_view trace) {}
  virtual void publish_envelope(const Envelope& event) = 0;
  virtual void schedule_envelope(const Envelope& job, Time at) = 0;

 private:
  friend class Database;
  void count(const Sql& sql) { ++statements_[static_cast<std::size_t>(sql.kind)]; }

  StatementCounts statements_{};  // of the current run
};

enum class Dialect { sqlite, postgres };

// Counters of one database, for metrics. Times are sums.
struct DatabaseStats {
  std::uint64_t units = 0;         // committed units
  std::uint64_t failed_units = 0;  // units that were rolled back
  std::uint64_t retried_units = 0;
  std::uint64_t commits = 0;  // fewer than units where units share a commit
  std::uint64_t reads = 0;
  std::uint64_t queued = 0;     // units that wait now
  std::uint64_t busy_us = 0;    // time in units
  std::uint64_t commit_us = 0;  // time in commits
};

class Database {
 public:
  virtual ~Database() = default;

  // Runs `unit` as one transaction on the shard of `owner` (the id, as text, of the order, SKU or site) and
  // returns its result. Throws Error timeout if the deadline passes before the unit starts, and Error
  // exhausted if too many units wait.
  template <class Unit>
  auto transact(const Call& call, std::string_view owner, Unit unit)
      -> Task<std::invoke_result_t<Unit&, Tx&>> {
    return perform<std::invoke_result_t<Unit&, Tx&>>(call, std::string(owner), false, std::move(unit));
  }
  // The same for a unit that does not write.
  template <class Unit>
  auto read(const Call& call, std::string_view owner, Unit unit) -> Task<std::invoke_result_t<Unit&, Tx&>> {
    return perform<std::invoke_result_t<Unit&, Tx&>>(call, std::string(owner), true, std::move(unit));
  }

  virtual Dialect dialect() const = 0;
  virtual DatabaseStats stats() const = 0;
  // Counts the statements of all runs of units, repeated runs included.
  StatementCounts statements() const;

  // `listener` is called after each commit that published or scheduled something: on any thread, in the order
  // of the commits. Thanks to it, dispatchers need not poll.
  virtual void on_messages(std::function<void(const CommittedMessages&)> listener) = 0;

  // Runs statements separated by semicolons in one transaction and blocks: for migrations and for tests.
  virtual void run_script(std::string_view script) = 0;

 protected:
  // `unit` outlives the task. The engine may run it several times.
  virtual Task<void> run(const Call& call, const std::string& owner, bool read_only,
                         std::function<void(Tx&)>& unit) = 0;

 private:
  template <class Result, class Unit>
  Task<Result> perform(Call call, std::string owner, bool read_only, Unit unit) {
    if constexpr (std::is_void_v<Result>) {
      std::function<void(Tx&)> work = [this, &unit](Tx& tx) {
        Tally tally(*this, tx);
        unit(tx);
      };
      co_await run(call, owner, read_only, work);
    } else {
      std::optional<Result> result;
      auto counted = [this, &unit, &result](Tx& tx) {
        Tally tally(*this, tx);
        result.emplace(unit(tx));
      };
      // By reference: std::function holds at most two pointers without allocating.
      std::function<void(Tx&)> work = std::ref(counted);
      co_await run(call, owner, read_only, work);
      co_return std::move(*result);
    }
  }

  // Adds the statements of one run to the database's counts.
  class Tally {
   public:
    Tally(Database& database, Tx& tx) : database_(database), tx_(tx) { tx_.statements_ = {}; }
    Tally(const Tally&) = delete;
    ~Tally() {
      for (std::size_t kind = 0; kind < statement_kinds; ++kind) {
        if (auto count = tx_.statements_[kind]; count > 0)
          database_.statements_[kind].fetch_add(count, std::memory_order_relaxed);
      }
    }

   private:
    Database& database_;
    Tx& tx_;
  };

  std::array<std::atomic<std::uint64_t>, statement_kinds> statements_{};
};

inline StatementCounts Database::statements() const {
  StatementCounts counts{};
  for (std::size_t kind = 0; kind < statement_kinds; ++kind) counts[kind] = statements_[kind];
  return counts;
}

}  // namespace bramble
