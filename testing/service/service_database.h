// A service's own database in a test: a real engine with the service's tables, and the clock that the test
// moves. SQLite, or with BRAMBLE_TEST_DATABASE=postgres a schema of a PostgreSQL server that the test program
// starts once.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "ports/database.h"
#include "runtime/module.h"
#include "testing/clock.h"
#include "testing/run.h"
#include "testing/scratch_folder.h"

namespace bramble {

class ServiceDatabase {
 public:
  explicit ServiceDatabase(std::span<const Migration> migrations);

  Database& operator*() { return *database_; }

  template <class Unit>
  auto transact(Unit unit) {
    return run_sync(database_->transact(call, "ord_1", std::move(unit)));
  }
  // The first cell of the first row.
  template <class T = std::int64_t>
  T value(Sql sql) {
    return transact([sql](Tx& tx) { return tx.query(sql).front().template get<T>(0); });
  }
  void run(std::string_view script) { database_->run_script(script); }

  // All that were published, in their order.
  template <class Event>
  std::vector<Event> events() {
    return decoded<Event>(payloads("SELECT payload FROM outbox WHERE type = $1 ORDER BY seq", Event::type));
  }
  // Those that wait.
  template <class Job>
  std::vector<Job> jobs() {
    return decoded<Job>(payloads("SELECT payload FROM jobs WHERE type = $1 ORDER BY run_at, key", Job::type));
  }
  // Takes one whose time has come off the queue, as a runner would; nothing if there is none.
  template <class Job>
  std::optional<Job> take_job() {
    auto payload = take_payload(Job::type);
    return payload ? std::optional(Job::decode(*payload)) : std::nullopt;
  }

  TestClock clock;
  SeededRandom random;
  Call call;

 private:
  template <class Message>
  static std::vector<Message> decoded(const std::vector<std::string>& payloads) {
    std::vector<Message> found;
    for (const auto& payload : payloads) found.push_back(Message::decode(payload));
    return found;
  }
  std::vector<std::string> payloads(Sql sql, std::string_view type);
  std::optional<std::string> take_payload(std::string_view type);

  ScratchFolder folder_;
  std::unique_ptr<Database> database_;
};

// The Error that `task` ends with; the test fails if it ends without one.
template <class T>
Error failure_of(Task<T> task) {
  try {
    run_sync(std::move(task));
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(ErrorCode::internal, "nothing_thrown", "");
}

}  // namespace bramble
