// Contract of the database port: deadlines, the bound of the queue, and an end that finishes what was
// accepted.
#include "testing/database/bench.h"
#include "testing/database/database_stand.h"

namespace bramble {
namespace {

TEST_P(DatabaseContract, AUnitWhoseDeadlineHasPassedIsNotRun) {
  bool ran = false;
  call.deadline = clock.now() - microseconds(1);
  auto unit = error_of([&] { transact([&](Tx&) { ran = true; }); });
  EXPECT_EQ(unit.code, ErrorCode::timeout);
  auto reading = error_of([&] { read([&](Tx&) { ran = true; }); });
  EXPECT_EQ(reading.code, ErrorCode::timeout);
  EXPECT_FALSE(ran);
}

TEST_P(DatabaseContract, AUnitWhoseDeadlinePassesWhileItWaitsIsNotRun) {
  std::atomic<bool> ran = false;
  Bench bench;
  Occupation occupation(*this);
  Call hurried = call;
  hurried.deadline = clock.now() + seconds(1);
  bench.start(database->transact(hurried, "ord_1", [&](Tx&) { ran = true; }));
  bench.context.poll();
  clock.advance(seconds(2));
  occupation.end();
  bench.context.run();
  ASSERT_EQ(bench.errors.size(), 1u);
  EXPECT_EQ(bench.errors[0].code, ErrorCode::timeout);
  EXPECT_FALSE(ran);
}

TEST_P(DatabaseContract, TooManyWaitingUnitsAreRefusedAtOnce) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  Bench bench;
  Occupation occupation(*this);
  int id = 0;
  for (std::size_t i = 0; i < waiting_units + 40; ++i) {
    bench.start(database->transact(call, "ord_1",
                                   [n = ++id](Tx& tx) { tx.send("INSERT INTO notes (id) VALUES ($1)", n); }));
  }
  bench.context.poll();
  EXPECT_EQ(bench.answered, 40);
  for (const Error& error : bench.errors) EXPECT_EQ(error.code, ErrorCode::exhausted);
  EXPECT_GE(database->stats().queued, waiting_units);
  occupation.end();
  bench.context.run();
  EXPECT_EQ(bench.errors.size(), 40u);
  EXPECT_EQ(value("SELECT count(*) FROM notes"), static_cast<std::int64_t>(waiting_units));
  EXPECT_EQ(database->stats().queued, 0u);
}

TEST_P(DatabaseContract, ClosingFinishesTheUnitsThatWereAccepted) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  Bench bench;
  auto occupation = std::make_unique<Occupation>(*this);
  for (int i = 0; i < 50; ++i) {
    bench.start(
        database->transact(call, "ord_1", [i](Tx& tx) { tx.send("INSERT INTO notes (id) VALUES ($1)", i); }));
  }
  bench.context.poll();
  EXPECT_EQ(bench.answered, 0);
  occupation->let_go();
  database.reset();
  occupation->join();
  bench.context.run();
  EXPECT_EQ(bench.answered, 50);
  EXPECT_TRUE(bench.errors.empty());
  open();
  EXPECT_EQ(value("SELECT count(*) FROM notes"), 50);
}

}  // namespace
}  // namespace bramble
