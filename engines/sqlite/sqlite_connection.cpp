#include "engines/sqlite/sqlite_connection.h"

#include <charconv>
#include <mutex>

#include "engines/sqlite/log_file.h"

namespace bramble::sqlite {
namespace {

// Settings of the whole library: each connection belongs to one thread at a time, so it needs no locks of its
// own; and what a savepoint may have to put back is kept in memory.
void configure_library() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 1 << 20);
    sqlite3_initialize();
  });
}

[[noreturn]] void throw_code(int code, const std::string& message) {
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT: throw Error(ErrorCode::conflict, "constraint", message);
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: throw Error(ErrorCode::unavailable, "database_unavailable", message);
    default: throw Error(ErrorCode::internal, "sql", message);
  }
}

bool starts_with_word(std::string_view text, std::string_view word) {
  std::size_t start = text.find_first_not_of(" \t\r\n(");
  if (start == std::string_view::npos || text.size() - start < word.size()) return false;
  return sqlite3_strnicmp(text.data() + start, word.data(), static_cast<int>(word.size())) == 0;
}

bool changes_only_rows(std::string_view text) {
  for (std::string_view word : {"INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"}) {
    if (starts_with_word(text, word)) return true;
  }
  return false;
}

// The values' places: "$3" is the third value. A cast written "$3::BIGINT", which SQLite takes as part of the
// name, means the same.
std::size_t place_of(const char* name) {
  std::size_t number = 0;
  std::string_view text = name == nullptr ? "" : name;
  if (text.size() > 1) std::from_chars(text.data() + 1, text.data() + text.size(), number);
  if (number == 0) throw Error(ErrorCode::internal, "sql", "parameters are written $1, $2, …");
  return number - 1;
}

struct Binder {
  sqlite3_stmt* statement;
  int at;

  int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, at); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, at, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, at, value); }
  int operator()(std::string_view text) const {
    check_sql_text(text);
    return sqlite3_bind_text64(statement, at, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  int operator()(Blob blob) const {
    return sqlite3_bind_blob64(statement, at, blob.bytes.empty() ? "" : blob.bytes.data(), blob.bytes.size(),
                               SQLITE_STATIC);
  }
};

SqlCell read_cell(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_NULL: return nullptr;
    default: {
      // Of text, too, the stored bytes are the answer: nothing is converted.
      auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
      auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      return bytes == nullptr ? std::string() : std::string(bytes, size);
    }
  }
}

// A statement that has been stepped holds locks and borrowed values until it is reset.
struct Stepping {
  explicit Stepping(sqlite3_stmt* statement) : statement(statement) {}
  Stepping(const Stepping&) = delete;
  ~Stepping() { sqlite3_reset(statement); }
  sqlite3_stmt* statement;
};

}  // namespace

Connection::Connection(const std::string& path, Access access, std::int64_t cache_kib,
                       std::int64_t mapped_bytes) {
  configure_library();
  sqlite3* handle = nullptr;
  int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (access == Access::write ? SQLITE_OPEN_CREATE : 0);
  const char* files = access == Access::write ? gathering_files() : nullptr;
  int code = sqlite3_open_v2(path.c_str(), &handle, flags, files);
  handle_.reset(handle);
  if (code != SQLITE_OK) throw_code(SQLITE_CANTOPEN, path + ": " + sqlite3_errstr(code));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 5'000);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // Double quotes name things, as in the rest of SQL; they are never strings.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  if (access == Access::write) script("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL");
  script("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA case_sensitive_like = ON; PRAGMA "
         "temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0;"
         "PRAGMA cache_size = -" +
         std::to_string(cache_kib) + "; PRAGMA mmap_size = " + std::to_string(mapped_bytes));
  if (access == Access::read) script("PRAGMA query_only = ON");
}

void Connection::fail(const char* doing) const {
  throw_code(last_code(), std::string(doing) + ": " + sqlite3_errmsg(handle_.get()));
}

Statement& Connection::prepared(std::string_view text) {
  auto found = statements_.find(text.data());
  if (found != statements_.end()) return found->second;
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  int code = sqlite3_prepare_v3(handle_.get(), text.data(), static_cast<int>(text.size()),
                                SQLITE_PREPARE_PERSISTENT, &handle, &rest);
  Statement statement;
  statement.handle.reset(handle);
  if (code != SQLITE_OK) fail("preparing");
  if (handle == nullptr) throw Error(ErrorCode::internal, "sql", "an empty statement");
  if (std::string_view(rest).find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    throw Error(ErrorCode::internal, "sql", "one statement at a time");
  }
  for (int at = 1; at <= sqlite3_bind_parameter_count(handle); ++at) {
    statement.places.push_back(place_of(sqlite3_bind_parameter_name(handle, at)));
    statement.values = std::max(statement.values, statement.places.back() + 1);
  }
  statement.columns = sqlite3_column_count(handle);
  statement.writes = sqlite3_stmt_readonly(handle) == 0;
  statement.counts = changes_only_rows(text);
  return statements_.emplace(text.data(), std::move(statement)).first->second;
}

void Connection::bind(Statement& statement, std::span<const SqlValue> values) {
  if (values.size() != statement.values) {
    throw Error(ErrorCode::internal, "sql",
                "a statement with " + std::to_string(statement.values) + " parameters was given " +
                    std::to_string(values.size()));
  }
  for (std::size_t i = 0; i < statement.places.size(); ++i) {
    Binder binder{statement.handle.get(), static_cast<int>(i) + 1};
    if (std::visit(binder, values[statement.places[i]]) != SQLITE_OK) fail("binding");
  }
}

std::int64_t Connection::exec(Statement& statement, std::span<const SqlValue> values) {
  bind(statement, values);
  Stepping stepping(statement.handle.get());
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(stepping.statement);
  if (code != SQLITE_DONE) fail("running");
  return statement.writes ? sqlite3_changes64(handle_.get()) : 0;
}

Rows Connection::query(Statement& statement, std::span<const SqlValue> values) {
  bind(statement, values);
  Stepping stepping(statement.handle.get());
  std::vector<SqlCell> cells;
  int code = 0;
  while ((code = sqlite3_step(stepping.statement)) == SQLITE_ROW) {
    if (cells.empty()) cells.reserve(static_cast<std::size_t>(statement.columns));
    for (int column = 0; column < statement.columns; ++column) {
      cells.push_back(read_cell(stepping.statement, column));
    }
  }
  if (code != SQLITE_DONE) fail("running");
  return {std::move(cells), static_cast<std::size_t>(statement.columns)};
}

void Connection::script(const std::string& text) {
  if (sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail("running a script");
}

}  // namespace bramble::sqlite
