// The database port.
// Promise: a unit given to `transact` is one serialisable transaction within its shard. When the call returns
// the unit is durable; when it throws nothing of it is left, or (Error unavailable "commit_unknown") it may
// be there whole. On a conflict the engine runs the unit again, so a unit touches nothing but its Tx and its
// own captures, which it writes from the start at each run. A unit cannot await. `read` sees one consistent
// snapshot and may not write.
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

// What a message brings along to be stored: made by rpcgen for events and jobs.
struct Envelope {
  std::string_view type;  // "orders.OrderPaid"
  std::string key;        // what its order is kept by: the aggregate's id
  std::string payload;    // the encoded message
};

// An event as it stands in the outbox.
struct PublishedEvent {
  std::int64_t seq = 0;
  std::string event_id;
  std::string type;
  std::string key;
  std::string payload;
  std::string trace;
  Time created_at;
};

// What a commit has brought for the dispatchers.
struct CommittedMessages {
  bool published = false;
  // All events of the commit in the order of their numbers, from an engine whose commits come in that order;
  // else none, and they are to be read from the outbox.
  std::vector<PublishedEvent> events;
  std::optional<Time> first_job;  // the earliest time of those scheduled
};

// By StatementKind.
using StatementCounts = std::array<std::uint64_t, statement_kinds>;

class Tx {
 public:
  virtual ~Tx() = default;

  // The transaction's time; the same for all its statements, and never earlier than the present when it first
  // began.
  virtual Time now() const = 0;

  // Rows of a SELECT, or of a statement with RETURNING.
  template <class... Args>
  Rows query(const Sql& sql, const Args&... args) {
    return query_listed(sql, std::array<SqlValue, sizeof...(Args)>{sql_value(args)...});
  }
  // The same with parameters whose number is known only at run time.
  Rows query_listed(const Sql& sql, std::span<const SqlValue> values) {
    count(sql);
    return query_values(sql, values);
  }
  // The number of rows that the statement changed.
  template <class... Args>
  std::int64_t exec(const Sql& sql, const Args&... args) {
    count(sql);
    return exec_values(sql, std::array<SqlValue, sizeof...(Args)>{sql_value(args)...});
  }
  // For a statement whose outcome nobody reads: an engine may queue it. A failure ends the unit, at the
  // latest at its commit.
  template <class... Args>
  void send(const Sql& sql, const Args&... args) {
    count(sql);
    send_values(sql, std::array<SqlValue, sizeof...(Args)>{sql_value(args)...});
  }

  virtual Rows query_values(const Sql& sql, std::span<const SqlValue> values) = 0;
  virtual std::int64_t exec_values(const Sql& sql, std::span<const SqlValue> values) = 0;
  virtual void send_values(const Sql& sql, std::span<const SqlValue> values) = 0;

  // Publishes an event with this transaction: it is delivered, at least once and in order per key, if and
  // only if the transaction commits.
  template <class Event>
  void publish(const Event& event) {
    publish_envelope(Envelope{Event::type, event.key(), event.encode()});
  }
  // Has the job run at or soon after `at`, once this transaction has committed; again with back-off until it
  // succeeds or is a dead letter. A job with the type and key of one still waiting replaces it.
  template <class Job>
  void schedule(const Job& job, Time at) {
    schedule_envelope(Envelope{Job::type, job.key(), job.encode()}, at);
  }
  // What is published and scheduled from here on continues this trace instead of the call's: for a unit that
  // handles events of many requests. The text of to_traceparent.
  virtual void continue_trace(std::string_view) {}
  virtual void publish_envelope(const Envelope& event) = 0;
  virtual void schedule_envelope(const Envelope& job, Time at) = 0;

 private:
  friend class Database;
  void count(const Sql& sql) { ++statements_[static_cast<std::size_t>(sql.kind)]; }

  StatementCounts statements_{};  // of the unit that runs
};

enum class Dialect { sqlite, postgres };

// The numbers of one database, for metrics. Times are sums.
struct DatabaseStats {
  std::uint64_t units = 0;         // transact calls that committed
  std::uint64_t failed_units = 0;  // that were rolled back
  std::uint64_t retried_units = 0;
  std::uint64_t commits = 0;  // durable commits; fewer than units where commits are shared
  std::uint64_t reads = 0;
  std::uint64_t queued = 0;     // units waiting now
  std::uint64_t busy_us = 0;    // time spent running units
  std::uint64_t commit_us = 0;  // time spent making them durable
};

class Database {
 public:
  virtual ~Database() = default;

  // Runs `unit` as one transaction on the shard of `owner` (an id text: the order, the SKU, the site) and
  // returns what it returned. Throws Error timeout if the deadline passes before it starts, exhausted if too
  // many are waiting.
  template <class Unit>
  auto transact(const Call& call, std::string_view owner, Unit unit)
      -> Task<std::invoke_result_t<Unit&, Tx&>> {
    return perform<std::invoke_result_t<Unit&, Tx&>>(call, std::string(owner), false, std::move(unit));
  }
  // The same for a unit that only reads.
  template <class Unit>
  auto read(const Call& call, std::string_view owner, Unit unit) -> Task<std::invoke_result_t<Unit&, Tx&>> {
    return perform<std::invoke_result_t<Unit&, Tx&>>(call, std::string(owner), true, std::move(unit));
  }

  virtual Dialect dialect() const = 0;
  virtual DatabaseStats stats() const = 0;
  // Statements that units ran, each time they were run.
  StatementCounts statements() const;

  // Called after each commit that published or scheduled something, from any thread but in the order of the
  // commits, so that dispatchers need not poll.
  virtual void on_messages(std::function<void(const CommittedMessages&)> listener) = 0;

  // Runs statements separated by semicolons, one transaction, blocking; for migrations and for tests' set-up.
  virtual void run_script(std::string_view script) = 0;

 protected:
  // `unit` stays alive until the task ends. It may be run several times.
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
      // By reference: what std::function holds without allocating is no more than two pointers.
      std::function<void(Tx&)> work = std::ref(counted);
      co_await run(call, owner, read_only, work);
      co_return std::move(*result);
    }
  }

  // Adds what one run of a unit did to what all did.
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
