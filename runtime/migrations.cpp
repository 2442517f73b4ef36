#include "runtime/migrations.h"

#include "base/digest.h"
#include "base/text.h"
#include "ports/messages.h"
#include "runtime/event_loop.h"

namespace bramble {
namespace {

constexpr std::string_view record_schema =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);";

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out.push_back('\'');
    out.push_back(c);
  }
  return out + "'";
}

[[noreturn]] void refuse(const std::string& module, const std::string& migration, const std::string& why) {
  throw Error(ErrorCode::invalid, "bad_migration",
              "schema of " + module + ", migration " + migration + ": " + why);
}

std::map<std::string, std::string> applied_ones(Database& database, const std::string& module) {
  auto call = system_call(module, Time{INT64_MAX});
  return run_here(database.read(call, module, [](Tx& tx) {
    std::map<std::string, std::string> applied;
    for (auto row : tx.query("SELECT name, checksum FROM schema_migrations ORDER BY name")) {
      applied[row.get<std::string>(0)] = row.get<std::string>(1);
    }
    return applied;
  }));
}

void check_applied(const std::string& module, std::span<const Migration> migrations,
                   const std::map<std::string, std::string>& applied) {
  for (const auto& [name, sum] : applied) {
    auto known =
        std::find_if(migrations.begin(), migrations.end(), [&](const auto& m) { return m.name == name; });
    if (known == migrations.end()) {
      refuse(module, name, "the database has it and this program does not: run a newer bramble");
    }
    if (sha256_hex(known->sql) != sum) {
      refuse(module, name,
             "it was changed after it had been applied: undo the change and add a new migration");
    }
  }
}

}  // namespace

std::size_t migrate(Database& database, const std::string& module, std::span<const Migration> migrations,
                    const Clock& clock) {
  database.run_script(message_schema(database.dialect()));
  database.run_script(record_schema);
  auto applied = applied_ones(database, module);
  check_applied(module, migrations, applied);
  std::size_t count = 0;
  std::string_view last;
  for (const auto& migration : migrations) {
    std::string name(migration.name);
    if (migration.name <= last) refuse(module, name, "migrations must be in the order of their names");
    last = migration.name;
    if (applied.contains(name) || migration.only.value_or(database.dialect()) != database.dialect()) continue;
    if (!applied.empty() && name < applied.rbegin()->first) {
      refuse(module, name,
             "a later one, " + applied.rbegin()->first + ", has been applied already: give it a new number");
    }
    std::string script(migration.sql);
    script += ";\nINSERT INTO schema_migrations (name, checksum, applied_at) VALUES (" + quoted(name) + ", " +
              quoted(sha256_hex(migration.sql)) + ", " + std::to_string(clock.now().us) + ");";
    try {
      database.run_script(script);
    } catch (const std::exception& failure) {
      refuse(module, name, failure.what());
    }
    ++count;
  }
  return count;
}

}  // namespace bramble
