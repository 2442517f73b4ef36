// Every audit has to find what was planted for it, and nothing in stores that are sound.
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/check/check.h"
#include "app/check/check_command.h"
#include "app/check/planted_test.h"
#include "base/command_line/command.h"
#include "ports/messages.h"
#include "testing/database/postgres_server.h"

namespace bramble::check {
namespace {

namespace fs = std::filesystem;

// The module's own schema and the message tables.
std::string schema_of(const std::string& module, Dialect dialect) {
  auto folder =
      fs::path(BRAMBLE_SOURCES) / (module == "sandbox" ? "sandbox" : "services/" + module) / "schema";
  std::set<fs::path> files;
  auto of_the_other = dialect == Dialect::sqlite ? ".postgres.sql" : ".sqlite.sql";
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.path().filename().string().ends_with(of_the_other)) files.insert(entry.path());
  }
  std::stringstream text;
  text << message_schema(dialect);
  for (const auto& file : files) text << std::ifstream(file).rdbuf() << "\n";
  return text.str();
}

void run_on(sqlite3* db, const std::string& sql) {
  char* why = nullptr;
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &why), SQLITE_OK) << (why ? why : "") << "\n"
                                                                              << sql;
  sqlite3_free(why);
}

// Writes to the stores in a folder: each statement to the modules that it names, for SQLite attaches only a
// few.
class SqliteWriter {
 public:
  explicit SqliteWriter(std::string folder) : folder_(std::move(folder)) {
    EXPECT_EQ(sqlite3_open(":memory:", &db_), SQLITE_OK);
    run_on(db_, "PRAGMA ignore_check_constraints = on");
  }
  ~SqliteWriter() { sqlite3_close(db_); }
  SqliteWriter(const SqliteWriter&) = delete;

  void run(const std::string& sql) {
    std::string statement;
    for (std::size_t from = 0, end = 0; from < sql.size(); from = end) {
      end = std::min(sql.find(';', from), sql.size() - 1) + 1;
      statement += sql.substr(from, end - from);
      if (end < sql.size() && sqlite3_complete(statement.c_str()) == 0) continue;
      attach_what_is_named(statement);
      run_on(db_, std::exchange(statement, ""));
    }
  }

 private:
  static constexpr std::size_t most_attached = 10;

  void attach_what_is_named(const std::string& statement) {
    std::set<std::string> named;
    for (const auto& module : modules_with_stores()) {
      if (statement.find(module + ".") != std::string::npos) named.insert(module);
    }
    std::set<std::string> all = attached_;
    all.insert(named.begin(), named.end());
    if (all.size() > most_attached) {
      for (const auto& module : std::exchange(attached_, {})) run_on(db_, "DETACH " + module);
    }
    for (const auto& module : named) {
      if (!attached_.insert(module).second) continue;
      run_on(db_, "ATTACH '" + folder_ + "/" + module + ".db' AS " + module);
      run_on(db_, "PRAGMA " + module + ".synchronous = off");
    }
  }

  std::string folder_;
  sqlite3* db_ = nullptr;
  std::set<std::string> attached_;
};

void make_store(const std::string& path, const std::string& schema) {
  sqlite3* file = nullptr;
  EXPECT_EQ(sqlite3_open(path.c_str(), &file), SQLITE_OK);
  run_on(file, "PRAGMA journal_mode = wal; PRAGMA synchronous = off; BEGIN;" + schema + ";COMMIT");
  sqlite3_close(file);
}

// Sound stores, made once; every test changes a copy of its own.
const std::string& sound_folder() {
  static ScratchFolder folder;
  static bool made = false;
  if (std::exchange(made, true)) return folder.path();
  for (const auto& module : modules_with_stores())
    make_store(folder.path() + "/" + module + ".db", schema_of(module, Dialect::sqlite));
  SqliteWriter writer(folder.path());
  for (const auto* part : {sound_stores, sound_stores_of_short_picks, sound_security_log, sound_staff})
    writer.run(part);
  return folder.path();
}

class SqliteFiles {
 public:
  SqliteFiles() : writer_(folder_.path()) { fs::copy(sound_folder(), folder_.path()); }

  const std::string& folder() const { return folder_.path(); }
  void run(const std::string& sql) { writer_.run(sql); }
  // What constraints would refuse is planted in a copy of the table without them.
  void drop_constraints(const std::string& table) {
    auto bare = table + "_bare";
    auto name = table.substr(table.find('.') + 1);
    run("CREATE TABLE " + bare + " AS SELECT * FROM " + table + "; DROP TABLE " + table + "; ALTER TABLE " +
        bare + " RENAME TO " + name);
  }

 private:
  ScratchFolder folder_;
  SqliteWriter writer_;
};

constexpr std::int64_t years_later_us = 2'000'000'000'000'000;

Outcome audit(Stores& stores, std::int64_t now_us = years_later_us) {
  return run_audits(stores, all_audits(now_us), 2, std::chrono::milliseconds(1));
}

bool found(const Outcome& outcome, const Plant& plant) {
  return std::any_of(outcome.violations.begin(), outcome.violations.end(), [&](const Violation& violation) {
    return violation.invariant == plant.invariant && violation.table == plant.table &&
           violation.rule == plant.rule;
  });
}

TEST(Check, FindsNothingInSoundStores) {
  SqliteFiles files;
  auto stores = open_sqlite_stores(files.folder());
  auto outcome = audit(*stores);
  EXPECT_TRUE(outcome.violations.empty()) << to_text(outcome);
  EXPECT_TRUE(outcome.skipped.empty());
  EXPECT_EQ(outcome.audits, written_audits().size() + 1);  // and the chain of the security log
  EXPECT_GE(outcome.audits, 124U);
}

class Planted : public testing::TestWithParam<Plant> {};

TEST_P(Planted, IsFound) {
  SqliteFiles files;
  if (GetParam().sql.starts_with("INSERT INTO payments.ledger_entry")) {
    files.drop_constraints("payments.ledger_entry");
  }
  if (GetParam().sql.starts_with("INSERT INTO payments.payment")) files.drop_constraints("payments.payment");
  files.run(GetParam().sql);
  auto stores = open_sqlite_stores(files.folder());
  auto outcome = audit(*stores);
  EXPECT_TRUE(found(outcome, GetParam())) << to_text(outcome);
}

INSTANTIATE_TEST_SUITE_P(Check, Planted, testing::ValuesIn(plants()),
                         [](const auto& info) { return info.param.name; });

// So an audit that sees nothing is seen.
TEST(Check, EveryAuditHasAPlant) {
  std::set<std::vector<std::string>> planted;
  std::set<std::vector<std::string>> audits;
  for (const auto& plant : plants()) planted.insert({plant.invariant, plant.table, plant.rule});
  for (const auto& audit : all_audits(years_later_us)) {
    std::vector<std::string> key{audit.invariant, audit.table, audit.rule};
    EXPECT_TRUE(planted.contains(key)) << audit.invariant << " " << audit.table << ": " << audit.rule;
    EXPECT_TRUE(audits.insert(key).second) << "two audits say: " << audit.table << ": " << audit.rule;
  }
  for (const char* rule :
       {"The log ends where its end says.", "The chain has two ends.", "Entries are numbered without a gap.",
        "An entry holds the hash of the one before.", "An entry is what was hashed."}) {
    EXPECT_TRUE(planted.contains({"I25", "security.entry", rule})) << rule;
  }
}

// The map is kept true by ./dev tidy.
TEST(Check, EveryEventThatAServiceHearsIsAudited) {
  std::set<std::string> audited;
  for (const auto& audit : all_audits(years_later_us)) audited.insert(audit.table + " " + audit.rule);
  std::ifstream file(std::string(BRAMBLE_SOURCES) + "/ARCHITECTURE.md");
  std::string consumer;
  int heard = 0;
  bool is_map = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("<!-- service map")) is_map = true;
    if (!is_map || line.starts_with("```")) continue;
    std::istringstream words(line);
    std::string word;
    if (!line.starts_with(" ")) words >> consumer;
    if (!(words >> word) || word != "hears" || !(words >> word)) continue;
    auto publisher = word.substr(0, word.find(':'));
    for (std::string event; words >> event; ++heard) {
      auto type = publisher + "." + event.substr(0, event.find(','));
      EXPECT_TRUE(audited.contains(consumer + ".inbox A published " + type + " was taken in."))
          << consumer << " hears " << type;
    }
  }
  EXPECT_GT(heard, 15);
}

TEST(Check, TheInvariantsOfThePlatformArePlanted) {
  std::set<std::string> planted;
  for (const auto& plant : plants()) planted.insert(plant.invariant);
  for (const char* row :
       {"I1", "I2", "I3", "I6", "I7", "I8", "I9", "I10", "I11", "I12", "I13", "I17", "I19", "I20", "I25"}) {
    EXPECT_TRUE(planted.contains(row)) << row;
  }
}

TEST(Check, WhatIsOnItsWayIsNoViolation) {
  SqliteFiles files;
  // Paid, but neither inventory nor the warehouse have heard of it, and the bank's webhook is not taken in
  // yet.
  files.run("UPDATE orders.outbox SET published_at = NULL WHERE key = 'ord_paid';"
            "UPDATE inventory.hold SET state = 1, version = 2 WHERE order_id = 'ord_paid';"
            "UPDATE inventory.stock SET held = 2, spent = 0 WHERE sku_id = 'sku_1';"
            "DELETE FROM inventory.inbox WHERE event_id = 'evt_11'; DELETE FROM warehouse.inbox WHERE "
            "event_id = 'evt_11';"
            "DELETE FROM warehouse.pick_order WHERE order_id = 'ord_paid';"
            "DELETE FROM warehouse.pick_line WHERE task_id = 'tsk_paid';"
            "DELETE FROM warehouse.pick_task WHERE task_id = 'tsk_paid';"
            "DELETE FROM warehouse.movement WHERE movement_id = 'mov_3';"
            "UPDATE warehouse.bin_stock SET reserved = 0 WHERE sku_id = 'sku_1';"
            "DELETE FROM notifications.notice WHERE order_id = 'ord_paid'; DELETE FROM notifications.inbox "
            "WHERE event_id ="
            " 'evt_10'; UPDATE notifications.notice SET seq = seq - 1 WHERE user_id = 'usr_1';"
            "UPDATE notifications.feed SET last_seq = 3 WHERE user_id = 'usr_1';"
            "UPDATE sandbox.bank_payments SET captured_minor = 250, authorised_minor = 250 WHERE payment_id "
            "= 'pay_5';");
  auto stores = open_sqlite_stores(files.folder());
  auto outcome = audit(*stores);
  EXPECT_TRUE(outcome.violations.empty()) << to_text(outcome);
}

// What happened when is told by versions and numbers; the clock only dates it. That no bin ever promised more
// than it had is a constraint of its table.
TEST(Check, AClockThatWasSetBackIsNoViolation) {
  SqliteFiles files;
  files.run("UPDATE orders.history SET at = 20 WHERE order_id = 'ord_ready' AND version >= 3;"
            "UPDATE notifications.notice SET at = 20 WHERE order_id = 'ord_ready' AND status >= 3;"
            "UPDATE orders.purchase SET created_at = 900 WHERE order_id = 'ord_paid';"
            "UPDATE warehouse.movement SET at = at - 10000000 WHERE kind <> 'received'");
  auto stores = open_sqlite_stores(files.folder());
  auto outcome = audit(*stores);
  EXPECT_TRUE(outcome.violations.empty()) << to_text(outcome);
}

// The audit reports an order that waits long past its end.
class LongOver : public testing::Test {
 protected:
  void expect(bool is_reported, std::int64_t now_us = years_later_us) {
    auto stores = open_sqlite_stores(files.folder());
    auto outcome = audit(*stores, now_us);
    EXPECT_EQ(outcome.violations.empty(), !is_reported) << to_text(outcome);
  }
  SqliteFiles files;
};

TEST_F(LongOver, IsReportedOnceHoursOfWorkHavePassed) {
  files.run(two_hours_of_work);
  expect(true);
}

TEST_F(LongOver, IsNotReportedRightAtItsEndNorWhenTheClockHasJumped) {
  files.run(two_hours_of_work);
  files.run("UPDATE orders.outbox SET created_at = 3600000800 WHERE event_id = 'evt_late_1'");
  expect(false);
  files.run("UPDATE orders.outbox SET created_at = 7200000000 WHERE event_id = 'evt_late_1'");
  expect(false);
}

TEST_F(LongOver, IsNotReportedWhenTheClockWasSetBack) {
  files.run(two_hours_of_work);
  expect(false, 1'000'000'000);
}

TEST_F(LongOver, IsNotReportedWhileItsJobOrTheBankIsWaitedFor) {
  files.run(two_hours_of_work);
  files.run("INSERT INTO orders.jobs (job_id, type, key, payload, trace, run_at, created_at) VALUES"
            " ('job_1', 'orders.AdvanceOrder', 'ord_waiting', '1', '', 1, 1)");
  expect(false);
  files.run(
      "DELETE FROM orders.jobs; UPDATE payments.payment SET unanswered_since = 5 WHERE payment_id = 'pay_5'");
  expect(false);
  files.run("UPDATE payments.payment SET unanswered_since = NULL");
  expect(true);
}

TEST(Check, WorkThatArrivesBetweenTwoLooksIsNoViolation) {
  SqliteFiles files;
  files.run("UPDATE inventory.hold SET state = 1, version = 2 WHERE order_id = 'ord_paid'");
  files.run("UPDATE inventory.stock SET held = 2, spent = 0 WHERE sku_id = 'sku_1'");
  auto stores = open_sqlite_stores(files.folder());
  EXPECT_FALSE(audit(*stores).violations.empty());
  // The second look of the same audit sees the news taken in: after a first one of each audit and of the
  // chain.
  struct Healing : Stores {
    SqliteFiles& files;
    std::unique_ptr<Stores> inner;
    std::size_t looks = 0;
    Healing(SqliteFiles& all, std::unique_ptr<Stores> stores) : files(all), inner(std::move(stores)) {}
    const std::set<std::string>& modules() const override { return inner->modules(); }
    std::unique_ptr<Look> look_at(const std::vector<std::string>& modules) override {
      if (++looks == written_audits().size() + 2) {
        files.run("UPDATE inventory.hold SET state = 2, version = 3 WHERE order_id = 'ord_paid'");
        files.run("UPDATE inventory.stock SET held = 0, spent = 2 WHERE sku_id = 'sku_1'");
      }
      return inner->look_at(modules);
    }
  } healing(files, open_sqlite_stores(files.folder()));
  auto outcome = audit(healing);
  EXPECT_TRUE(outcome.violations.empty()) << to_text(outcome);
  EXPECT_GT(healing.looks, written_audits().size() + 1);
}

// Debian's SQLite attaches ten databases to a connection.
TEST(Check, ThirtyModulesAreAudited) {
  ScratchFolder folder;
  std::set<std::string> modules;
  std::vector<Audit> audits;
  Audit spanning{"I2", "module_21.thing", "No thing of ten modules is below zero.", {}, ""};
  for (int number = 11; number <= 40; ++number) {
    auto module = "module_" + std::to_string(number);
    auto query = "SELECT name, 'at least 0', CAST(units AS TEXT) FROM " + module + ".thing WHERE units < 0";
    make_store(folder.path() + "/" + module + ".db",
               "CREATE TABLE thing (name TEXT, units BIGINT); INSERT INTO thing VALUES ('a', " +
                   std::string(number == 23 ? "-1" : "1") + ")");
    modules.insert(module);
    audits.push_back({"I1", module + ".thing", "No thing is below zero.", {module}, query});
    if (number <= 20 || number > 30) continue;
    spanning.modules.push_back(module);
    spanning.sql += (spanning.sql.empty() ? "" : " UNION ALL ") + query;
  }
  audits.push_back(spanning);
  auto stores = open_sqlite_stores(folder.path(), modules);
  EXPECT_EQ(stores->modules(), modules);
  auto outcome = run_audits(*stores, audits, 2, std::chrono::milliseconds(1));
  EXPECT_EQ(outcome.audits, 31U);
  std::vector<Violation> expected = {
      {"I1", "module_23.thing", "No thing is below zero.", "a", "at least 0", "-1"},
      {"I2", "module_21.thing", "No thing of ten modules is below zero.", "a", "at least 0", "-1"}};
  EXPECT_EQ(outcome.violations, expected) << to_text(outcome);
}

TEST(Check, ReadsTheStoresOfAKilledInstance) {
  SqliteFiles files;
  files.run("UPDATE inventory.stock SET spent = 3 WHERE sku_id = 'sku_1'");
  // The writer still has its files open, and its log was never copied back: as after kill -9.
  ScratchFolder copy;
  for (const auto& entry : fs::directory_iterator(files.folder())) {
    if (entry.path().extension() != ".db-shm")
      fs::copy(entry.path(), copy.path() + "/" + entry.path().filename().string());
  }
  auto stores = open_sqlite_stores(copy.path());
  auto outcome = audit(*stores);
  ASSERT_EQ(outcome.violations.size(), 1U) << to_text(outcome);
  EXPECT_EQ(outcome.violations[0].invariant, "I6");
}

TEST(Check, AuditsThatNeedAnAbsentStoreAreNamed) {
  SqliteFiles files;
  for (const char* ending : {".db", ".db-wal", ".db-shm"}) fs::remove(files.folder() + "/sandbox" + ending);
  auto stores = open_sqlite_stores(files.folder());
  auto outcome = audit(*stores);
  EXPECT_TRUE(outcome.violations.empty()) << to_text(outcome);
  EXPECT_FALSE(outcome.skipped.empty());
}

int command(const std::string& arguments, std::string& printed) {
  Command app("");
  int exit_code = -1;
  add_check_command(app, exit_code);
  testing::internal::CaptureStdout();
  app.parse("bramble check " + arguments);
  printed = testing::internal::GetCapturedStdout();
  return exit_code;
}

TEST(Check, TheCommandEndsWithZeroOneOrTwo) {
  std::string printed;
  SqliteFiles files;
  EXPECT_EQ(command("--json --data " + files.folder(), printed), 0) << printed;
  files.run("UPDATE inventory.stock SET spent = 3 WHERE sku_id = 'sku_1'");
  EXPECT_EQ(command("--data " + files.folder(), printed), 1);
  EXPECT_NE(printed.find("I6   inventory.stock  sku_1 at site_1  expected 2  found 3"), std::string::npos)
      << printed;
  ScratchFolder empty;
  EXPECT_EQ(command("--data " + empty.path(), printed), 2);
  EXPECT_EQ(command("--data /nowhere", printed), 2);
  EXPECT_EQ(command("--postgres \"host=/nowhere dbname=x\"", printed), 2);
}

class Writer {
 public:
  explicit Writer(const std::string& conninfo) : connection_(PQconnectdb(conninfo.c_str())) {}
  ~Writer() { PQfinish(connection_); }
  void run(const std::string& sql) {
    auto* result = PQexec(connection_, sql.c_str());
    auto status = PQresultStatus(result);
    EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        << PQerrorMessage(connection_) << sql;
    PQclear(result);
  }

 private:
  PGconn* connection_;
};

// All constraints of the services' tables, so that everything can be planted.
constexpr const char* drop_all_constraints = R"sql(
DO $$ DECLARE found RECORD; BEGIN
  FOR found IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint c JOIN pg_namespace n
      ON n.oid = c.connamespace WHERE n.nspname NOT LIKE 'pg%' AND n.nspname <> 'information_schema' LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.owner, found.conname);
  END LOOP;
END $$)sql";

// What a plant changed is put back before the next one.
constexpr const char* keep_all_tables = R"sql(
CREATE SCHEMA kept;
DO $$ DECLARE found RECORD; BEGIN
  FOR found IN SELECT schemaname AS owner, tablename AS name FROM pg_tables
      WHERE schemaname NOT LIKE 'pg%' AND schemaname <> 'information_schema' LOOP
    EXECUTE format('CREATE TABLE kept.%I AS SELECT * FROM %I.%I', found.owner || '_' || found.name, found.owner, found.name);
  END LOOP;
END $$)sql";
constexpr const char* put_all_tables_back = R"sql(
DO $$ DECLARE found RECORD; BEGIN
  FOR found IN SELECT schemaname AS owner, tablename AS name FROM pg_tables
      WHERE schemaname NOT LIKE 'pg%' AND schemaname NOT IN ('information_schema', 'kept') LOOP
    EXECUTE format('DELETE FROM %I.%I', found.owner, found.name);
    EXECUTE format('INSERT INTO %I.%I OVERRIDING SYSTEM VALUE SELECT * FROM kept.%I', found.owner, found.name,
                   found.owner || '_' || found.name);
  END LOOP;
END $$)sql";

TEST(CheckOnPostgres, FindsNothingInSoundStoresAndEverythingThatIsPlanted) {
  PostgresServer server;
  Writer writer(server.conninfo());
  for (const auto& module : modules_with_stores()) {
    writer.run("CREATE SCHEMA " + module + "; SET search_path = " + module);
    writer.run(schema_of(module, Dialect::postgres));
  }
  writer.run(sound_stores);
  writer.run(sound_stores_of_short_picks);
  writer.run(sound_security_log);
  writer.run(sound_staff);
  auto stores = open_postgres_stores(server.conninfo());
  auto outcome = audit(*stores);
  EXPECT_TRUE(outcome.violations.empty()) << to_text(outcome);
  writer.run(drop_all_constraints);
  writer.run(keep_all_tables);
  for (const auto& plant : plants()) {
    writer.run(put_all_tables_back);
    writer.run(plant.sql);
    auto of_it = all_audits(years_later_us);
    std::erase_if(of_it,
                  [&](const Audit& one) { return one.table != plant.table || one.rule != plant.rule; });
    EXPECT_TRUE(found(run_audits(*stores, of_it, 1, {}), plant)) << plant.name;
  }
}

}  // namespace
}  // namespace bramble::check
