#include "engines/sqlite/sqlite.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "testing/database/bench.h"
#include "testing/database/database_contract.h"
#include "testing/scratch_folder.h"

namespace bramble {
namespace {

class SqliteStand final : public DatabaseStand {
 public:
  std::unique_ptr<Database> open(const Clock& clock, Random& random, std::size_t waiting_units) override {
    SqliteOptions options;
    options.path = folder_.path() + "/test.db";
    options.clock = &clock;
    options.random = &random;
    options.waiting_units = waiting_units;
    return open_sqlite(options);
  }
  int units_at_once() const override { return 1; }

 private:
  ScratchFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Sqlite, DatabaseContract,
                         testing::Values(DatabaseEngine{"sqlite",
                                                        [] { return std::make_unique<SqliteStand>(); }}),
                         engine_name);

class Sqlite : public testing::Test {
 public:
  Sqlite() {
    options.path = folder.path() + "/test.db";
    options.clock = &clock;
    options.random = &random;
  }

  ScratchFolder folder;
  TestClock clock;
  SeededRandom random;
  SqliteOptions options;
  Call call;
};

TEST_F(Sqlite, UnitsThatWaitTogetherShareOneCommit) {
  auto database = open_sqlite(options);
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  auto before = database->stats().commits;
  std::latch entered(1), let_go(1);
  auto first = std::async(std::launch::async, [&] {
    run_sync(database->transact(call, "ord_1", [&](Tx&) {
      entered.count_down();
      let_go.wait();
    }));
  });
  entered.wait();
  Bench bench;
  for (int i = 0; i < 100; ++i) {
    bench.start(
        database->transact(call, "ord_1", [i](Tx& tx) { tx.send("INSERT INTO notes (id) VALUES ($1)", i); }));
  }
  bench.context.poll();
  let_go.count_down();
  first.get();
  bench.context.run();
  EXPECT_EQ(database->stats().commits - before, 2u);
  EXPECT_EQ(bench.answered, 100);
}

TEST_F(Sqlite, ARehearsedUnitRunsTwiceAndCountsOnce) {
  options.rehearse = true;
  auto database = open_sqlite(options);
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  int runs = 0;
  run_sync(database->transact(call, "ord_1", [&](Tx& tx) {
    ++runs;
    tx.exec("INSERT INTO notes (id) VALUES (1)");
  }));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(error_of([&] {
              run_sync(database->transact(call, "ord_1",
                                          [&](Tx& tx) { tx.exec("INSERT INTO notes (id) VALUES (1)"); }));
            }).reason,
            "constraint");
}

TEST_F(Sqlite, AUnitThatFailsDoesNotHinderTheManyItSharesACommitWith) {
  auto database = open_sqlite(options);
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  auto write = [&](int writer) -> Task<void> {
    for (int i = 0; i < 50; ++i) {
      int id = writer * 100 + i;
      try {
        co_await database->transact(call, "ord_1", [id](Tx& tx) {
          tx.send("INSERT INTO notes (id) VALUES ($1)", id);
          if (id % 5 == 0) tx.send("INSERT INTO notes (id) VALUES ($1)", id);
        });
        EXPECT_NE(id % 5, 0);
      } catch (const Error& error) {
        EXPECT_EQ(error.reason, "constraint");
        EXPECT_EQ(id % 5, 0);
      }
    }
  };
  std::vector<Task<void>> tasks;
  for (int writer = 0; writer < 16; ++writer) tasks.push_back(write(writer));
  run_sync(all(std::move(tasks)));
  auto count = [](Tx& tx) { return tx.query("SELECT count(*) FROM notes").front().get<int>(0); };
  EXPECT_EQ(run_sync(database->read(call, "ord_1", count)), 16 * 40);
  EXPECT_EQ(database->stats().failed_units, 16u * 10);
  // Most batches had one to undo, so savepoints soon took over.
  EXPECT_LT(database->stats().retried_units, 16u * 50);
}

TEST_F(Sqlite, AFullDiskFailsTheUnitsAndTheDatabaseGoesOnWhenThereIsRoom) {
  auto database = open_sqlite(options);
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT NOT NULL)");
  database->run_script("PRAGMA max_page_count = 40");
  int stored = 0;
  Error full(ErrorCode::internal, "", "");
  for (int id = 0; id < 100 && full.reason.empty(); ++id) {
    try {
      run_sync(database->transact(call, "ord_1", [&](Tx& tx) {
        tx.send("INSERT INTO notes (id, text) VALUES ($1, $2)", id, std::string(3'000, 'x'));
      }));
      ++stored;
    } catch (const Error& error) {
      full = error;
    }
  }
  EXPECT_EQ(full.code, ErrorCode::unavailable);
  EXPECT_GT(stored, 1);
  database->run_script("PRAGMA max_page_count = 4000");
  auto count = [](Tx& tx) { return tx.query("SELECT count(*) FROM notes").front().get<int>(0); };
  EXPECT_EQ(run_sync(database->read(call, "ord_1", count)), stored);
  run_sync(
      database->transact(call, "ord_1", [](Tx& tx) { tx.send("INSERT INTO notes VALUES (1000, 'again')"); }));
  EXPECT_EQ(run_sync(database->read(call, "ord_1", count)), stored + 1);
}

TEST_F(Sqlite, TheLogStaysShortWhileReadersAndWritersWork) {
  options.checkpoint_frames = 50;
  auto database = open_sqlite(options);
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT NOT NULL)");
  auto count = [](Tx& tx) { return tx.query("SELECT count(*) FROM notes").front().get<int>(0); };
  auto write = [&](int writer) -> Task<void> {
    for (int i = 0; i < 250; ++i) {
      co_await database->transact(call, "ord_1", [&](Tx& tx) {
        tx.send("INSERT INTO notes (id, text) VALUES ($1, $2)", writer * 1'000 + i, std::string(2'000, 'x'));
      });
      int seen = co_await database->read(call, "ord_1", count);
      EXPECT_GT(seen, i);
    }
  };
  std::vector<Task<void>> tasks;
  for (int writer = 0; writer < 4; ++writer) tasks.push_back(write(writer));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(run_sync(database->read(call, "ord_1", count)), 1'000);
  std::ifstream log(options.path + "-wal", std::ios::ate);
  EXPECT_LT(log.tellg(), 50 * 4'096 * 20);
}

TEST_F(Sqlite, ACommitLargerThanWhatIsGatheredOfTheLogIsWhole) {
  constexpr int rows = 1'000;
  auto seen = [](Tx& tx) { return tx.query("SELECT sum(length(text)) FROM notes").front().get<int>(0); };
  {
    auto database = open_sqlite(options);
    database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT NOT NULL)");
    run_sync(database->transact(call, "ord_1", [&](Tx& tx) {
      for (int id = 0; id < rows; ++id)
        tx.send("INSERT INTO notes (id, text) VALUES ($1, $2)", id, std::string(3'000, 'x'));
    }));
    EXPECT_EQ(run_sync(database->read(call, "ord_1", seen)), rows * 3'000);
  }
  auto database = open_sqlite(options);
  EXPECT_EQ(run_sync(database->read(call, "ord_1", seen)), rows * 3'000);
}

TEST_F(Sqlite, AFileThatIsNoDatabaseIsRefused) {
  std::ofstream(options.path) << std::string(8'192, 'z');
  EXPECT_EQ(error_of([&] { open_sqlite(options); }).code, ErrorCode::unavailable);
  options.path = folder.path() + "/missing/test.db";
  EXPECT_EQ(error_of([&] { open_sqlite(options); }).code, ErrorCode::unavailable);
}

// The child writes from eight coroutines and tells each id on the pipe once it was answered.
[[noreturn]] void write_until_killed(SqliteOptions options, int round, int pipe) {
  auto database = open_sqlite(options);
  Call call;
  auto write = [&](int writer) -> Task<void> {
    for (std::int64_t i = 0;; ++i) {
      std::int64_t id = (round * 8 + writer) * 1'000'000 + i;
      co_await database->transact(call, "ord_1", [id](Tx& tx) {
        tx.send("INSERT INTO notes (id) VALUES ($1)", id);
        tx.send("UPDATE counters SET n = n + 1");
      });
      if (::write(pipe, &id, sizeof id) != sizeof id) _exit(1);
    }
  };
  std::vector<Task<void>> tasks;
  for (int writer = 0; writer < 8; ++writer) tasks.push_back(write(writer));
  run_sync(all(std::move(tasks)));
  _exit(0);
}

TEST_F(Sqlite, WhatWasAnsweredSurvivesAKillAtAnyMoment) {  // I21
  options.checkpoint_frames = 40;                          // so that kills meet checkpoints, too
  open_sqlite(options)->run_script(
      "CREATE TABLE notes (id BIGINT PRIMARY KEY);"
      "CREATE TABLE counters (n BIGINT NOT NULL); INSERT INTO counters VALUES (0)");
  for (int round = 0; round < 12; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      write_until_killed(options, round, ends[1]);
    }
    ::close(ends[1]);
    std::vector<std::int64_t> answered;
    auto kill_after = 1 + random.entropy().low % 400;
    std::int64_t id = 0;
    while (::read(ends[0], &id, sizeof id) == sizeof id) {
      answered.push_back(id);
      if (answered.size() == kill_after) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    ASSERT_GE(answered.size(), kill_after);

    auto database = open_sqlite(options);
    run_sync(database->read(call, "ord_1", [&](Tx& tx) {
      for (std::int64_t one : answered)
        ASSERT_EQ(tx.query("SELECT id FROM notes WHERE id = $1", one).size(), 1u);
      EXPECT_EQ(tx.query("SELECT count(*) FROM notes").front().get<std::int64_t>(0),
                tx.query("SELECT n FROM counters").front().get<std::int64_t>(0));
      EXPECT_EQ(tx.query("PRAGMA integrity_check").front().get<std::string>(0), "ok");
    }));
  }
}

}  // namespace
}  // namespace bramble
