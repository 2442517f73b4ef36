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
std::map<std::string, fs::path> find_files(const std::string& folder, const std::set<std::string>& wanted) {
  std::map<std::string, fs::path> files;
  std::error_code failure;
  fs::recursive_directory_iterator at(folder, failure);
  if (failure) throw Unreadable(folder + ": " + failure.message());
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

class SqliteLook : public Look {
 public:
  explicit SqliteLook(const std::vector<std::pair<std::string, fs::path>>& files) {
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_URI;
    sqlite3* db = nullptr;
    auto opened = sqlite3_open_v2(":memory:", &db, flags, nullptr);
    db_.reset(db);
    if (opened != SQLITE_OK) fail("open");
    sqlite3_busy_timeout(db, patience_ms);
    for (const auto& [module, path] : files) attach(module, path);
    run("PRAGMA query_only = 1");
    run("PRAGMA temp_store = memory");
    run("BEGIN");
    for (const auto& [module, path] : files) run("SELECT count(*) FROM " + module + ".sqlite_schema");
  }

  std::vector<TextRow> query(const std::string& sql, std::size_t limit) override {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) fail(sql);
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

 private:
  // A log that a killed process left has to be taken in before it can be read; where reading alone cannot do
  // that, the file is opened to be written, but nothing ever is.
  void attach(const std::string& module, const fs::path& path) {
    for (bool may_recover : {false, true}) {
      auto sql = "ATTACH " + quoted(file_address(path, may_recover)) + " AS " + module;
      if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) continue;
      auto look = "SELECT count(*) FROM " + module + ".sqlite_schema";
      if (sqlite3_exec(db_.get(), look.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return;
      run("DETACH " + module);
    }
    fail(path.string());
  }

  void run(const std::string& sql) {
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
  }

  [[noreturn]] void fail(const std::string& doing) {
    std::string why = db_ == nullptr ? "out of memory" : sqlite3_errmsg(db_.get());
    throw Unreadable(why + " (" + doing + ")");
  }

  std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)> db_{nullptr, sqlite3_close_v2};
};

class SqliteStores : public Stores {
 public:
  SqliteStores(const std::string& folder, const std::set<std::string>& wanted)
      : files_(find_files(folder, wanted)) {
    if (files_.empty()) throw Unreadable("there are no databases of modules in " + folder);
    for (const auto& [module, path] : files_) modules_.insert(module);
  }

  const std::set<std::string>& modules() const override { return modules_; }

  std::unique_ptr<Look> look_at(const std::vector<std::string>& modules) override {
    std::vector<std::pair<std::string, fs::path>> files;
    for (const auto& module : modules) {
      auto file = files_.find(module);
      if (file == files_.end()) throw Unreadable("there is no database of " + module);
      files.emplace_back(*file);
    }
    return std::make_unique<SqliteLook>(files);
  }

 private:
  std::map<std::string, fs::path> files_;
  std::set<std::string> modules_;
};

}  // namespace

std::unique_ptr<Stores> open_sqlite_stores(const std::string& folder, const std::set<std::string>& modules) {
  return std::make_unique<SqliteStores>(folder, modules);
}

}  // namespace bramble::check
