// What SQLite's engine makes of a disk that fails: the log cannot be written, or cannot be made durable.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <map>

#include "base/error.h"
#include "engines/sqlite/sqlite.h"
#include "testing/clock.h"
#include "testing/run.h"
#include "testing/scratch_folder.h"

namespace bramble {
namespace {

std::atomic<int> write_failure = SQLITE_OK;
std::atomic<int> sync_failure = SQLITE_OK;

// The system's files, but logs fail on demand.
class FaultyDisk {
 public:
  FaultyDisk() {
    system_ = sqlite3_vfs_find(nullptr);
    disk_ = *system_;
    disk_.zName = "faulty";
    disk_.xOpen = &open;
    sqlite3_vfs_register(&disk_, 1);
  }
  ~FaultyDisk() {
    write_failure = sync_failure = SQLITE_OK;
    sqlite3_vfs_unregister(&disk_);
    sqlite3_vfs_register(system_, 1);
  }

 private:
  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* given) {
    int code = system_->xOpen(system_, name, file, flags, given);
    if (code == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0) {
      original_ = *file->pMethods;
      faulty_ = original_;
      faulty_.xWrite = [](sqlite3_file* log, const void* bytes, int size, sqlite3_int64 at) {
        int failure = write_failure;
        return failure != SQLITE_OK ? failure : original_.xWrite(log, bytes, size, at);
      };
      faulty_.xSync = [](sqlite3_file* log, int kind) {
        int failure = sync_failure;
        return failure != SQLITE_OK ? failure : original_.xSync(log, kind);
      };
      file->pMethods = &faulty_;
    }
    return code;
  }

  static inline sqlite3_vfs* system_ = nullptr;
  static inline sqlite3_io_methods original_{};
  static inline sqlite3_io_methods faulty_{};
  sqlite3_vfs disk_{};
};

class SqliteFaults : public testing::Test {
 public:
  SqliteFaults() {
    database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT NOT NULL)");
    insert(1);
  }
  void insert(int id) {
    run_sync(database->transact(call, "ord_1", [id](Tx& tx) {
      tx.send("INSERT INTO notes (id, text) VALUES ($1, $2)", id, std::string(5'000, 'x'));
    }));
  }
  Error failed_insert(int id) {
    try {
      insert(id);
    } catch (const Error& error) {
      return error;
    }
    return Error(ErrorCode::internal, "nothing_thrown", "");
  }
  std::int64_t ids() {
    return run_sync(database->read(call, "ord_1", [](Tx& tx) {
      return tx.query("SELECT sum(id) FROM notes").front().get<std::int64_t>(0);
    }));
  }

  FaultyDisk disk;
  ScratchFolder folder;
  TestClock clock;
  SeededRandom random;
  Call call;
  SqliteOptions options{.path = folder.path() + "/test.db", .clock = &clock, .random = &random};
  std::unique_ptr<Database> database = open_sqlite(options);
};

TEST_F(SqliteFaults, AFullDiskAtTheCommitLeavesNothing) {
  write_failure = SQLITE_FULL;
  Error error = failed_insert(2);
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_EQ(error.reason, "database_unavailable");
  EXPECT_EQ(ids(), 1);
  write_failure = SQLITE_OK;
  insert(4);
  EXPECT_EQ(ids(), 5);
  database.reset();
  database = open_sqlite(options);
  EXPECT_EQ(ids(), 5);
}

TEST_F(SqliteFaults, ACommitThatCouldNotBeSyncedIsCalledUnknown) {
  sync_failure = SQLITE_IOERR_FSYNC;
  Error error = failed_insert(2);
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_EQ(error.reason, "commit_unknown");
  sync_failure = SQLITE_OK;
  insert(4);
  EXPECT_EQ(ids(), 5);
  database.reset();
  database = open_sqlite(options);
  EXPECT_EQ(ids(), 5);
}

TEST_F(SqliteFaults, AllUnitsOfAFailedCommitAreToldSo) {
  write_failure = SQLITE_IOERR_WRITE;
  int failed = 0;
  auto insert_one = [&](int id) -> Task<void> {
    try {
      co_await database->transact(call, "ord_1", [id](Tx& tx) {
        tx.send("INSERT INTO notes (id, text) VALUES ($1, 'x')", id);
      });
    } catch (const Error& error) {
      failed += error.code == ErrorCode::unavailable ? 1 : 0;
    }
  };
  std::vector<Task<void>> tasks;
  for (int id = 100; id < 120; ++id) tasks.push_back(insert_one(id));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(failed, 20);
  write_failure = SQLITE_OK;
  insert(4);
  EXPECT_EQ(ids(), 5);
}

}  // namespace
}  // namespace bramble
