// One connection to a SQLite file with its prepared statements. Used by one thread at a time.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "ports/sql.h"

namespace bramble::sqlite {

struct Closer {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
};

struct Statement {
  std::unique_ptr<sqlite3_stmt, Closer> handle;
  std::vector<std::size_t> places;  // of each parameter in SQLite's order: which of the given values it is
  std::size_t values = 0;           // how many values it wants
  int columns = 0;
  bool writes = false;
  bool counts = false;  // it changes rows and nothing else, so sqlite3_total_changes tells whether it did
};

// copy: only for checkpoints.
enum class Access { write, read, copy };

class Connection {
 public:
  Connection(const std::string& path, Access access, std::int64_t cache_kib, std::int64_t mapped_bytes);

  // Prepared once for each address of a text; the text stays for ever.
  Statement& prepared(std::string_view text);
  // Runs one statement to its end. The values are borrowed for that time.
  std::int64_t exec(Statement& statement, std::span<const SqlValue> values);
  Rows query(Statement& statement, std::span<const SqlValue> values);
  // BEGIN, COMMIT and their like.
  void control(std::string_view text) { exec(prepared(text), {}); }
  // Statements separated by semicolons.
  void script(const std::string& text);

  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  std::int64_t total_changes() const { return sqlite3_total_changes64(handle_.get()); }
  std::int64_t last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }
  int last_code() const { return sqlite3_extended_errcode(handle_.get()); }
  sqlite3* handle() const { return handle_.get(); }

 private:
  [[noreturn]] void fail(const char* doing) const;
  void bind(Statement& statement, std::span<const SqlValue> values);

  std::unique_ptr<sqlite3, Closer> handle_;
  std::unordered_map<const char*, Statement> statements_;
};

}  // namespace bramble::sqlite
