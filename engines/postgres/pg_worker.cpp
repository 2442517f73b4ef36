#include "engines/postgres/pg_worker.h"

#include <chrono>

namespace bramble::postgres {
namespace {

using Steady = std::chrono::steady_clock;

constexpr Duration first_pause = microseconds(500);
constexpr Duration longest_pause = milliseconds(40);
constexpr Duration first_reconnect_pause = milliseconds(20);
constexpr Duration longest_reconnect_pause = seconds(1);

std::uint64_t us_since(Steady::time_point start) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - start).count());
}

}  // namespace

Worker::Worker(Shared& shared)
    : shared_(shared),
      connection_(shared.options),
      tx_(connection_, *shared.options.clock, *shared.options.random),
      random_(*shared.options.random) {
  connection_.open();
  thread_ = std::thread([this] { serve(); });
}

void Worker::serve() {
  std::vector<DatabaseUnit*> taken;
  while (true) {
    taken.clear();
    shared_.units.take(1, taken);
    if (taken.empty()) return;
    DatabaseUnit& unit = *taken.front();
    CommittedMessages messages;
    try {
      perform(unit);
      messages = tx_.messages();
    } catch (...) {
      unit.failure = std::current_exception();
    }
    if (unit.read_only) ++shared_.reads;
    else ++(unit.failure ? shared_.failed : shared_.committed);
    // The unit lives in its caller's coroutine, which may end as soon as it is resumed.
    Resume resume = std::move(unit.resume);
    resume();
    if (messages.published || messages.first_job) shared_.notify(messages);
  }
}

void Worker::check_deadline(const DatabaseUnit& unit) const {
  if (unit.call->deadline < shared_.options.clock->now()) {
    throw Error(ErrorCode::timeout, "deadline", "the deadline passed before the transaction began");
  }
}

void Worker::perform(DatabaseUnit& unit) {
  check_deadline(unit);
  for (int attempt = 1;; ++attempt) {
    try {
      if (!connection_.is_alive()) await_server(unit);
      return run_once(unit);
    } catch (const ConnectionLost& lost) {
      connection_.close();
      if (tx_.commit_sent() && !unit.read_only) {
        throw Error(ErrorCode::unavailable, "commit_unknown", "the connection was lost during the commit");
      }
      before_next_attempt(unit, attempt, lost);
    } catch (const Conflict& conflict) {
      before_next_attempt(unit, attempt, conflict);
    } catch (const StalePlan& stale) {
      connection_.close();
      before_next_attempt(unit, attempt, stale);
    }
  }
}

void Worker::run_once(DatabaseUnit& unit) {
  tx_.start(*unit.call, unit.read_only);
  auto begun = Steady::now();
  try {
    (*unit.work)(tx_);
    shared_.busy_us += us_since(begun);
  } catch (...) {
    auto thrown = std::current_exception();
    tx_.roll_back();
    // What the unit made of a failure of ours does not hide that it has to run again.
    try {
      tx_.rethrow_failure();
    } catch (const ConnectionLost&) {
      throw;
    } catch (const Conflict&) {
      throw;
    } catch (const StalePlan&) {
      throw;
    } catch (...) {
    }
    std::rethrow_exception(thrown);
  }
  auto start = Steady::now();
  try {
    tx_.commit();
  } catch (const ConnectionLost&) {
    throw;
  } catch (...) {
    tx_.roll_back();
    throw;
  }
  shared_.commit_us += us_since(start);
}

void Worker::before_next_attempt(const DatabaseUnit& unit, int attempt, const Error& why) {
  if (attempt >= shared_.options.attempts || unit.call->deadline < shared_.options.clock->now()) {
    throw Error(ErrorCode::unavailable, why.reason, why.message);
  }
  ++shared_.retried;
  // Jitter, so that those who met do not meet again.
  Duration most = std::min(first_pause * (std::int64_t{1} << std::min(attempt, 10)), longest_pause);
  sleep(microseconds(static_cast<std::int64_t>(random_.take().low % static_cast<std::uint64_t>(most.us))));
}

void Worker::await_server(const DatabaseUnit& unit) {
  auto end = Steady::now() + std::chrono::microseconds(shared_.options.outage.us);
  for (Duration pause = first_reconnect_pause;; pause = std::min(pause * 2, longest_reconnect_pause)) {
    try {
      return connection_.open();
    } catch (const Error& error) {
      bool late = Steady::now() > end || unit.call->deadline < shared_.options.clock->now();
      if (late || !sleep(pause)) throw Error(ErrorCode::unavailable, error.reason, error.message);
    }
  }
}

bool Worker::sleep(Duration span) {
  MutexLock lock(shared_.mutex);
  auto until = Steady::now() + std::chrono::microseconds(span.us);
  while (!shared_.ending && lock.wait_until(shared_.ends, until)) {
  }
  return !shared_.ending;
}

}  // namespace bramble::postgres
