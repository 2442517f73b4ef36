// What the contract suite of the database port needs of an engine: a place whose data outlives the Database
// object, so that it can be closed and opened again; and small aids that its tests share.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <string>

#include "base/error.h"
#include "ports/database.h"
#include "testing/clock.h"
#include "testing/run.h"

namespace bramble {

class DatabaseStand {
 public:
  virtual ~DatabaseStand() = default;
  virtual std::unique_ptr<Database> open(const Clock& clock, Random& random, std::size_t waiting_units) = 0;
  // How many units and how many reads the engine runs at the same time.
  virtual int units_at_once() const = 0;
};

struct DatabaseEngine {
  std::string name;
  std::function<std::unique_ptr<DatabaseStand>()> make_stand;
  friend void PrintTo(const DatabaseEngine& engine, std::ostream* out) { *out << engine.name; }
};

class DatabaseContract : public testing::TestWithParam<DatabaseEngine> {
 public:
  static constexpr std::size_t waiting_units = 500;

  DatabaseContract() : stand(GetParam().make_stand()) { open(); }

  void open() { database = stand->open(clock, random, waiting_units); }
  void reopen() {
    database.reset();
    open();
  }

  // Runs one unit and waits for it.
  template <class Unit>
  auto transact(Unit unit) {
    return run_sync(database->transact(call, "ord_1", std::move(unit)));
  }
  template <class Unit>
  auto read(Unit unit) {
    return run_sync(database->read(call, "ord_1", std::move(unit)));
  }
  // The same on a thread of its own.
  template <class Unit>
  auto transact_aside(Unit unit) {
    return std::async(std::launch::async, [this, unit]() mutable { return transact(std::move(unit)); });
  }
  // The first cell of the first row, read in a transaction.
  template <class T = std::int64_t>
  T value(Sql sql) {
    return read([sql](Tx& tx) { return tx.query(sql).front().template get<T>(0); });
  }

  TestClock clock;
  SeededRandom random;
  Call call;
  std::unique_ptr<DatabaseStand> stand;
  std::unique_ptr<Database> database;
};

// The Error that `work` throws; the test fails if it throws none.
template <class Work>
Error error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(ErrorCode::internal, "nothing_thrown", "");
}

// Keeps every thread of the engine that runs units inside one, until it is let go.
class Occupation {
 public:
  explicit Occupation(DatabaseContract& test) : entered_(test.stand->units_at_once()) {
    for (int i = 0; i < test.stand->units_at_once(); ++i) {
      units_.push_back(test.transact_aside([this](Tx&) {
        entered_.count_down();
        let_go_.wait();
      }));
    }
    entered_.wait();
  }
  ~Occupation() { end(); }
  void end() {
    if (units_.empty()) return;
    let_go_.count_down();
    for (auto& unit : units_) unit.get();
    units_.clear();
  }
  // For a test that ends the database itself.
  void let_go() { let_go_.count_down(); }
  void join() {
    for (auto& unit : units_) unit.get();
    units_.clear();
  }

 private:
  std::latch entered_;
  std::latch let_go_{1};
  std::vector<std::future<void>> units_;
};

}  // namespace bramble
