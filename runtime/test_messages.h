// Shared by tests of events and jobs: a message, databases in a scratch folder, a loop.
#pragma once

#include <condition_variable>
#include <cstdlib>
#include <mutex>

#include "engines/postgres/postgres.h"
#include "engines/sqlite/sqlite.h"
#include "runtime/event_loop.h"
#include "runtime/metrics_registry.h"
#include "runtime/migrations.h"
#include "runtime/structured_log.h"
#include "runtime/system_clock.h"
#include "testing/database/postgres_server.h"
#include "testing/scratch_folder.h"

namespace bramble::runtime_test {

// A message whose whole content is "<key>:<text>"; an event or a job, as it is used.
template <Prefix Type>
struct Message {
  static constexpr std::string_view type = Type.view();
  std::string id;
  std::string text;

  std::string key() const { return id; }
  std::string encode() const { return id + ":" + text; }
  static Message decode(std::string_view bytes) {
    auto colon = bytes.find(':');
    return {std::string(bytes.substr(0, colon)), std::string(bytes.substr(colon + 1))};
  }
};
using Happened = Message<"test.Happened">;
using Ignored = Message<"test.Ignored">;
using Work = Message<"test.Work">;

// Values that handlers on other threads add and a test waits for.
class Seen {
 public:
  void add(std::string value) {
    std::lock_guard lock(mutex_);
    values_.push_back(std::move(value));
    changed_.notify_all();
  }
  // False if there are fewer than `count` after 20 s.
  bool wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return values_.size() >= count; });
  }
  std::vector<std::string> values() {
    std::lock_guard lock(mutex_);
    return values_;
  }
  // The values that begin with "<key>:", in their order.
  std::vector<std::string> of(const std::string& key) {
    std::vector<std::string> some;
    for (auto& value : values()) {
      if (value.starts_with(key + ":")) some.push_back(value);
    }
    return some;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> values_;
};

inline Call test_call() { return system_call("test", Time{INT64_MAX}); }

// What a dispatcher needs, for the duration of a test.
struct Stand {
  ScratchFolder folder;
  SystemClock clock;
  SystemRandom random;
  Seen log_lines;
  std::unique_ptr<Logger> logger =
      make_logger({.level = LogLevel::warn, .form = LogForm::json, .write = [this](std::string_view line) {
                     log_lines.add(std::string(line));
                   }});
  std::unique_ptr<Metrics> metrics = make_metrics();
  EventLoop loop{"test-loop"};
  bool started = (loop.start(), true);

  std::unique_ptr<Database> open(const std::string& name) {
    auto database = open_engine(name);
    migrate(*database, name, {}, clock);
    return database;
  }
  // SQLite, or with BRAMBLE_TEST_DATABASE=postgres a schema of a server that the program starts once.
  std::unique_ptr<Database> open_engine(const std::string& name) {
    const char* engine = std::getenv("BRAMBLE_TEST_DATABASE");
    if (engine == nullptr || std::string_view(engine) != "postgres") {
      return open_sqlite({.path = folder.path() + "/" + name + ".db", .clock = &clock, .random = &random});
    }
    static PostgresServer server;
    static int stands = 0;
    if (number_ == 0) number_ = ++stands;
    return open_postgres({.conninfo = server.conninfo(),
                          .schema = name + "_" + std::to_string(number_),
                          .clock = &clock,
                          .random = &random});
  }
  void write(Database& database, std::function<void(Tx&)> unit) {
    run_here(database.transact(test_call(), "test", [&](Tx& tx) { unit(tx); }));
  }
  std::int64_t number(Database& database, const Sql& sql) {
    return run_here(database.read(test_call(), "test",
                                  [&](Tx& tx) { return tx.query(sql).front().get<std::int64_t>(0); }));
  }
  // Waits until the statement's one number is `wanted`; false after 20 s.
  bool becomes(Database& database, const Sql& sql, std::int64_t wanted) {
    auto wait = [](Database& in, Sql query, std::int64_t number) -> Task<bool> {
      for (int i = 0; i < 10'000; ++i) {
        auto found = co_await in.read(test_call(), "test",
                                      [=](Tx& tx) { return tx.query(query).front().get<std::int64_t>(0); });
        if (found == number) co_return true;
        co_await pause_us(2'000);
      }
      co_return false;
    };
    return run_here(wait(database, sql, wanted));
  }

 private:
  int number_ = 0;
};

}  // namespace bramble::runtime_test
