#include "engines/postgres/postgres.h"

#include <thread>

#include "testing/database/bench.h"
#include "testing/database/database_contract.h"
#include "testing/database/postgres_server.h"

namespace bramble {
namespace {

constexpr std::size_t connections = 4;

// One server for all tests of this program; each stand has a schema of its own in it.
class ServerOfThisProgram final : public testing::Environment {
 public:
  void SetUp() override { server = std::make_unique<PostgresServer>(); }
  void TearDown() override { server.reset(); }
  static inline std::unique_ptr<PostgresServer> server;
};

[[maybe_unused]] auto* const environment = testing::AddGlobalTestEnvironment(new ServerOfThisProgram);

PostgresOptions options_of_a_new_schema(const Clock& clock, Random& random) {
  static int schemas = 0;
  PostgresOptions options;
  options.conninfo = ServerOfThisProgram::server->conninfo();
  options.schema = "Test \"" + std::to_string(++schemas);
  options.clock = &clock;
  options.random = &random;
  options.connections = connections;
  return options;
}

class PostgresStand final : public DatabaseStand {
 public:
  std::unique_ptr<Database> open(const Clock& clock, Random& random, std::size_t waiting_units) override {
    if (options_.schema.empty()) options_ = options_of_a_new_schema(clock, random);
    options_.waiting_units = waiting_units;
    return open_postgres(options_);
  }
  int units_at_once() const override { return connections; }

 private:
  PostgresOptions options_;
};

INSTANTIATE_TEST_SUITE_P(Postgres, DatabaseContract,
                         testing::Values(DatabaseEngine{"postgres",
                                                        [] { return std::make_unique<PostgresStand>(); }}),
                         engine_name);

class Postgres : public testing::Test {
 public:
  Postgres() : options(options_of_a_new_schema(clock, random)), database(open_postgres(options)) {
    database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  }
  void insert(int id) {
    run_sync(database->transact(call, "ord_1",
                                [id](Tx& tx) { tx.send("INSERT INTO notes (id) VALUES ($1)", id); }));
  }
  int count() {
    return run_sync(database->read(call, "ord_1", [](Tx& tx) {
      return tx.query("SELECT count(*) FROM notes").front().get<int>(0);
    }));
  }

  TestClock clock;
  SeededRandom random;
  Call call;
  PostgresOptions options;
  std::unique_ptr<Database> database;
};

TEST_F(Postgres, UnitsGoOnAfterTheServerWasRestarted) {
  insert(1);
  ServerOfThisProgram::server->restart();
  for (int id = 2; id < 12; ++id) insert(id);
  EXPECT_EQ(count(), 11);
}

TEST_F(Postgres, AUnitThatLosesItsConnectionBeforeTheCommitRunsAgain) {
  int runs = 0;
  run_sync(database->transact(call, "ord_1", [&](Tx& tx) {
    tx.exec("INSERT INTO notes (id) VALUES (1)");
    if (++runs == 1) ServerOfThisProgram::server->kill_backends();
    tx.exec("INSERT INTO notes (id) VALUES (2)");
  }));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count(), 2);
  EXPECT_EQ(database->stats().retried_units, 1u);
}

TEST_F(Postgres, ALostCommitIsCalledUnknownAndNeverGuessed) {
  auto error = error_of([&] {
    run_sync(database->transact(call, "ord_1", [&](Tx& tx) {
      tx.exec("INSERT INTO notes (id) VALUES (1)");
      ServerOfThisProgram::server->kill_backends();
    }));
  });
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_EQ(error.reason, "commit_unknown");
  EXPECT_EQ(count(), 0);
}

TEST_F(Postgres, UnitsWaitForAServerThatIsAwayUntilTheirDeadline) {
  ServerOfThisProgram::server->stop();
  call.deadline = clock.now() + seconds(10);
  auto late = std::async(std::launch::async, [&] { return error_of([&] { insert(1); }); });
  clock.advance(seconds(11));
  ErrorCode code = late.get().code;
  EXPECT_TRUE(code == ErrorCode::unavailable || code == ErrorCode::timeout);
  call.deadline = clock.now() + seconds(10);
  auto patient = std::async(std::launch::async, [&] { insert(2); });
  ServerOfThisProgram::server->start();
  patient.get();
  EXPECT_EQ(count(), 1);
}

TEST_F(Postgres, ClosingDoesNotWaitForAServerThatIsAway) {
  ServerOfThisProgram::server->stop();
  Bench bench;
  bench.start(
      database->transact(call, "ord_1", [](Tx& tx) { tx.send("INSERT INTO notes (id) VALUES (1)"); }));
  bench.context.poll();
  database.reset();
  bench.context.run();
  ASSERT_EQ(bench.errors.size(), 1u);
  EXPECT_EQ(bench.errors[0].code, ErrorCode::unavailable);
  EXPECT_EQ(error_of([&] { open_postgres(options); }).code, ErrorCode::unavailable);
  ServerOfThisProgram::server->start();
}

TEST_F(Postgres, AUnitThatHidesAConflictIsStillRunAgain) {
  insert(1);
  std::atomic<int> inside = 0;
  auto touch = [&](Tx& tx) {
    bool first_run = inside < 2;
    tx.query("SELECT count(*) FROM notes");
    if (first_run) {
      ++inside;
      while (inside < 2) std::this_thread::yield();  // both have their snapshots now
    }
    try {
      tx.exec("UPDATE notes SET id = id + 1");
    } catch (const Error&) {
      throw std::runtime_error("hidden");
    }
  };
  auto other = std::async(std::launch::async, [&] { run_sync(database->transact(call, "ord_1", touch)); });
  run_sync(database->transact(call, "ord_1", touch));
  other.get();
  auto id = run_sync(database->read(call, "ord_1", [](Tx& tx) {
    return tx.query("SELECT id FROM notes").front().get<int>(0);
  }));
  EXPECT_EQ(id, 3);
}

TEST_F(Postgres, ADatabaseThatOrdersTextOtherwiseIsRefused) {
  ServerOfThisProgram::server->run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
  options.conninfo += " dbname=latin";
  EXPECT_EQ(error_of([&] { open_postgres(options); }).reason, "postgres_order");
}

TEST_F(Postgres, AnAverageIsAReal) {
  insert(1);
  insert(4);
  auto average = run_sync(database->read(call, "ord_1", [](Tx& tx) {
    return tx.query("SELECT avg(id), -avg(id) FROM notes").front().get<double>(0);
  }));
  EXPECT_DOUBLE_EQ(average, 2.5);
}

}  // namespace
}  // namespace bramble
