#include <sqlite3.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>

#include "app/check/stores.h"

namespace bramble::check {
namespace {

namespace fs = std::filesystem;

constexpr int patience_ms = 5'000;
constexpr int folders_deep = 2;

bool is_database(const fs::path& path) {
  constexpr std::string_view magic = "SQLite format 3";
  std::array<char, 16> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  return file && std::string_view(head.data(), magic.size()) == magic;
}

// Module → file.
std::map<std::string, fs::path> find_files(const std::string& folder) {
  std::map<std::string, fs::path> files;
  std::error_code failure;
  fs::recursive_directory_iterator at(folder, failure);
  if (failure) throw Unreadable(folder + ": " + failure.message());
  std::set<std::string> wanted(audited_modules().begin(), audited_modules().end());
  for (; at != fs::recursive_directory_iterator(); at.increment(failure)) {
    if (failure) throw Unreadable(folder + ": " + failure.message());
    if (at.depth() >= folders_deep) at.disable_recursion_pending();
    auto stem = at->path().stem().string();
    if (wanted.contains(stem) && at->is_regular_file(failure) && is_database(at->path()))
      files[stem] = at->path();
  }
  return files;
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (char c : text) out.append(c == '\'' ? "''" : std::string(1, c));
  return out + "'";
}

// Escapes what means something in an address of SQLite's.
std::string file_address(const fs::path& path, bool may_recover) {
  std::string out = "file:";
  for (char c : fs::absolute(path).string()) {
    out.append(c == '?' ? "%3f" : c == '#' ? "%23" : c == '%' ? "%25" : std::string(1, c));
  }
  return out + (may_recover ? "?mode=rw" : "?mode=ro");
}

class SqliteStores : public Stores {
 public:
  explicit SqliteStores(const std::string& folder) {
    auto files = find_files(folder);
    if (files.empty()) throw Unreadable("there are no databases of modules in " + folder);
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_URI;
    if (sqlite3_open_v2(":memory:", &db_, flags, nullptr) != SQLITE_OK) fail("open");
    sqlite3_busy_timeout(db_, patience_ms);
    sqlite3_limit(db_, SQLITE_LIMIT_ATTACHED, 20);
    for (const auto& [module, path] : files) attach(module, path);
    run("PRAGMA query_only = 1");
    run("PRAGMA temp_store = memory");
  }
  ~SqliteStores() override { sqlite3_close_v2(db_); }

  const std::set<std::string>& modules() const override { return modules_; }

  void release() override {
    if (sqlite3_get_autocommit(db_) == 0) run("COMMIT");
  }

  void take_snapshot() override {
    release();
    run("BEGIN");
    for (const auto& module : audited_modules()) {
      if (modules_.contains(module)) run("SELECT count(*) FROM " + module + ".sqlite_schema");
    }
  }

  std::vector<TextRow> query(const std::string& sql, std::size_t limit) override {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) fail(sql);
    std::vector<TextRow> rows;
    int step = SQLITE_ROW;
    while (rows.size() < limit && (step = sqlite3_step(statement)) == SQLITE_ROW) {
      TextRow row;
      for (int column = 0; column < sqlite3_column_count(statement); ++column) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
        row.emplace_back(text == nullptr ? "" : text);
      }
      rows.push_back(std::move(row));
    }
    sqlite3_finalize(statement);
    if (step != SQLITE_ROW && step != SQLITE_DONE) fail(sql);
    return rows;
  }

  bool has_table(const std::string& module, const std::string& table) override {
    if (!modules_.contains(module)) return false;
    return !query("SELECT 1 FROM " + module + ".sqlite_schema WHERE name = " + quoted(table), 1).empty();
  }

 private:
  // A log that a killed process left has to be taken in before it can be read; where reading alone cannot do
  // that, the file is opened to be written, but nothing ever is.
  void attach(const std::string& module, const fs::path& path) {
    for (bool may_recover : {false, true}) {
      auto sql = "ATTACH " + quoted(file_address(path, may_recover)) + " AS " + module;
      if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) continue;
      auto look = "SELECT count(*) FROM " + module + ".sqlite_schema";
      if (sqlite3_exec(db_, look.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) {
        modules_.insert(module);
        return;
      }
      run("DETACH " + module);
    }
    fail(path.string());
  }

  void run(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
  }

  [[noreturn]] void fail(const std::string& doing) {
    std::string why = db_ == nullptr ? "out of memory" : sqlite3_errmsg(db_);
    throw Unreadable(why + " (" + doing + ")");
  }

  sqlite3* db_ = nullptr;
  std::set<std::string> modules_;
};

}  // namespace

const std::vector<std::string>& audited_modules() {
  static const std::vector<std::string> modules = {"notifications", "security",  "sandbox",
                                                   "payments",      "inventory", "warehouse",
                                                   "orders",        "auth",      "catalog"};
  return modules;
}

std::unique_ptr<Stores> open_sqlite_stores(const std::string& folder) {
  return std::make_unique<SqliteStores>(folder);
}

}  // namespace bramble::check
