// Contract of the database port: a unit is one serialisable transaction, whole or not at all; a read is a
// snapshot.
#include <stdexcept>

#include "testing/database/database_stand.h"

namespace bramble {
namespace {

TEST_P(DatabaseContract, AUnitAnswersWhatItReturned) {
  EXPECT_EQ(transact([](Tx&) { return std::string("done"); }), "done");
  transact([](Tx&) {});
}

TEST_P(DatabaseContract, WhatAUnitWroteIsSeenByTheNextRead) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  for (int i = 0; i < 20; ++i) {
    transact([&](Tx& tx) { tx.send("INSERT INTO notes (id) VALUES ($1)", i); });
    EXPECT_EQ(value("SELECT count(*) FROM notes"), i + 1);
  }
}

TEST_P(DatabaseContract, ConcurrentUnitsLoseNoChange) {
  database->run_script("CREATE TABLE counters (id BIGINT PRIMARY KEY, n BIGINT NOT NULL);"
                       "INSERT INTO counters VALUES (1, 0)");
  auto count_up = [&]() -> Task<void> {
    for (int i = 0; i < 20; ++i) {
      co_await database->transact(call, "ord_1", [](Tx& tx) {
        auto n = tx.query("SELECT n FROM counters WHERE id = 1").front().get<std::int64_t>(0);
        tx.exec("UPDATE counters SET n = $1 WHERE id = 1", n + 1);
      });
    }
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 8; ++i) tasks.push_back(count_up());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(value("SELECT n FROM counters"), 160);
}

TEST_P(DatabaseContract, TwoUnitsCannotBothActOnWhatTheOtherChanges) {
  database->run_script("CREATE TABLE guards (id BIGINT PRIMARY KEY, awake BIGINT NOT NULL);"
                       "INSERT INTO guards VALUES (1, 1); INSERT INTO guards VALUES (2, 1)");
  auto go_to_sleep = [&](int id) -> Task<void> {
    co_await database->transact(call, "ord_1", [id](Tx& tx) {
      auto awake = tx.query("SELECT count(*) FROM guards WHERE awake = 1").front().get<std::int64_t>(0);
      if (awake > 1) tx.exec("UPDATE guards SET awake = 0 WHERE id = $1", id);
    });
  };
  for (int round = 0; round < 15; ++round) {
    transact([](Tx& tx) { tx.exec("UPDATE guards SET awake = 1"); });
    std::vector<Task<void>> tasks;
    tasks.push_back(go_to_sleep(1));
    tasks.push_back(go_to_sleep(2));
    run_sync(all(std::move(tasks)));
    EXPECT_EQ(value("SELECT count(*) FROM guards WHERE awake = 1"), 1);
  }
}

TEST_P(DatabaseContract, AUnitThatThrowsLeavesNothingAndTheOthersStay) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  int thrown = 0;
  auto write = [&](int id) -> Task<void> {
    try {
      co_await database->transact(call, "ord_1", [id](Tx& tx) {
        tx.send("INSERT INTO notes (id) VALUES ($1)", id);
        if (id % 3 == 0) throw std::out_of_range("not this one");
      });
    } catch (const std::out_of_range&) {
      ++thrown;
    }
  };
  // All wait at once, so that the engine may share commits among them.
  std::vector<Task<void>> tasks;
  for (int id = 0; id < 60; ++id) tasks.push_back(write(id));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(thrown, 20);
  EXPECT_EQ(value("SELECT count(*) FROM notes"), 40);
  EXPECT_EQ(value("SELECT count(*) FROM notes WHERE id % 3 = 0"), 0);
  DatabaseStats stats = database->stats();
  EXPECT_GE(stats.units, 40u);
  EXPECT_EQ(stats.failed_units, 20u);
}

TEST_P(DatabaseContract, AUnitOfWhichAStatementFailsInTheMiddleLeavesNothing) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY, n BIGINT NOT NULL CHECK (n >= 0))");
  transact([](Tx& tx) { tx.exec("INSERT INTO notes (id, n) VALUES (7, 1)"); });
  auto unique = error_of([&] {
    transact([](Tx& tx) {
      tx.exec("INSERT INTO notes (id, n) VALUES (8, 1)");
      tx.exec("INSERT INTO notes (id, n) VALUES (7, 1)");
      tx.exec("INSERT INTO notes (id, n) VALUES (9, 1)");
    });
  });
  EXPECT_EQ(unique.code, ErrorCode::conflict);
  EXPECT_EQ(unique.reason, "constraint");
  auto check = error_of([&] {
    transact([](Tx& tx) {
      tx.send("UPDATE notes SET n = n + 10 WHERE id = 7");
      tx.send("UPDATE notes SET n = -1 WHERE id = 7");
    });
  });
  EXPECT_EQ(check.code, ErrorCode::conflict);
  EXPECT_EQ(check.reason, "constraint");
  EXPECT_EQ(value("SELECT sum(id * 100 + n) FROM notes"), 701);
}

TEST_P(DatabaseContract, AUnitCannotGoOnAfterAFailedStatement) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  transact([](Tx& tx) { tx.exec("INSERT INTO notes (id) VALUES (1)"); });
  int failures = 0;
  auto error = error_of([&] {
    transact([&](Tx& tx) {
      failures = 0;
      for (int id : {1, 2, 3}) {
        try {
          tx.exec("INSERT INTO notes (id) VALUES ($1)", id);
        } catch (const Error&) {
          ++failures;
        }
      }
    });
  });
  EXPECT_EQ(failures, 3);
  EXPECT_EQ(error.reason, "constraint");
  EXPECT_EQ(value("SELECT count(*) FROM notes"), 1);
}

TEST_P(DatabaseContract, AWrongStatementIsOurOwnMistake) {
  EXPECT_EQ(error_of([&] { transact([](Tx& tx) { tx.query("SELECT nonsense FROM nowhere"); }); }).code,
            ErrorCode::internal);
  EXPECT_EQ(error_of([&] { transact([](Tx& tx) { tx.send("UPDATE nowhere SET n = 1"); }); }).code,
            ErrorCode::internal);
  EXPECT_EQ(transact([](Tx&) { return 5; }), 5);
}

TEST_P(DatabaseContract, AUnitSeesItsOwnChanges) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  auto seen = transact([](Tx& tx) {
    tx.send("INSERT INTO notes (id) VALUES (1)");
    tx.send("INSERT INTO notes (id) VALUES (2)");
    return tx.query("SELECT count(*) FROM notes").front().get<int>(0);
  });
  EXPECT_EQ(seen, 2);
}

TEST_P(DatabaseContract, AReadKeepsItsSnapshotWhileOthersWrite) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY); INSERT INTO notes VALUES (1)");
  auto [before, after] = read([&](Tx& tx) {
    auto count = [&] { return tx.query("SELECT count(*) FROM notes").front().get<int>(0); };
    int first = count();
    transact_aside([](Tx& other) {
      other.exec("INSERT INTO notes (id) SELECT max(id) + 1 FROM notes");
    }).get();
    return std::pair(first, count());
  });
  EXPECT_EQ(before, after);
  EXPECT_EQ(value("SELECT count(*) FROM notes"), before + 1);
}

TEST_P(DatabaseContract, AReadMayNotWrite) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  auto exec = error_of([&] { read([](Tx& tx) { tx.exec("INSERT INTO notes (id) VALUES (1)"); }); });
  EXPECT_EQ(exec.code, ErrorCode::internal);
  EXPECT_EQ(exec.reason, "read_only");
  auto query =
      error_of([&] { read([](Tx& tx) { tx.query("INSERT INTO notes (id) VALUES (1) RETURNING id"); }); });
  EXPECT_EQ(query.code, ErrorCode::internal);
  EXPECT_EQ(query.reason, "read_only");
  auto message = error_of([&] { read([](Tx& tx) { tx.publish_envelope({"test.Noted", "ord_1", "x"}); }); });
  EXPECT_EQ(message.reason, "read_only");
  EXPECT_EQ(value("SELECT count(*) FROM notes"), 0);
  EXPECT_EQ(value("SELECT count(*) FROM outbox"), 0);
}

TEST_P(DatabaseContract, WhatWasAnsweredIsThereAfterOpeningAgain) {  // I21
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT NOT NULL)");
  for (int id = 0; id < 5; ++id) {
    transact([&](Tx& tx) {
      tx.exec("INSERT INTO notes (id, text) VALUES ($1, $2)", id, "note " + std::to_string(id));
    });
  }
  reopen();
  EXPECT_EQ(value("SELECT count(*) FROM notes"), 5);
  EXPECT_EQ(value<std::string>("SELECT text FROM notes WHERE id = 4"), "note 4");
}

TEST_P(DatabaseContract, AScriptIsDoneWholeOrNotAtAll) {
  auto error = error_of([&] {
    database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY); INSERT INTO notes VALUES (1);"
                         "INSERT INTO notes VALUES (1)");
  });
  EXPECT_EQ(error.reason, "constraint");
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY); INSERT INTO notes VALUES (2)");
  EXPECT_EQ(value("SELECT sum(id) FROM notes"), 2);
}

TEST_P(DatabaseContract, ReadsRunBesideEachOther) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY); INSERT INTO notes VALUES (3)");
  std::vector<Task<void>> tasks;
  int sum = 0;
  auto add = [&]() -> Task<void> {
    sum += co_await database->read(call, "ord_1", [](Tx& tx) {
      return tx.query("SELECT id FROM notes").front().get<int>(0);
    });
  };
  for (int i = 0; i < 50; ++i) tasks.push_back(add());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(sum, 150);
}

}  // namespace
}  // namespace bramble
