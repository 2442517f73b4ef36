#include "testing/service/service_database.h"

#include <cstdlib>

#include "engines/postgres/postgres.h"
#include "engines/sqlite/sqlite.h"
#include "runtime/migrations.h"
#include "testing/database/postgres_server.h"

namespace bramble {
namespace {

std::unique_ptr<Database> open(const std::string& folder, const Clock& clock, Random& random) {
  const char* engine = std::getenv("BRAMBLE_TEST_DATABASE");
  if (engine == nullptr || std::string_view(engine) != "postgres") {
    SqliteOptions options;
    options.path = folder + "/service.db";
    options.clock = &clock;
    options.random = &random;
    options.rehearse = true;  // PostgreSQL may run any unit again, so every unit has to bear it
    return open_sqlite(options);
  }
  static PostgresServer server;
  static int databases = 0;
  PostgresOptions options;
  options.conninfo = server.conninfo();
  options.schema = "service_" + std::to_string(++databases);
  options.clock = &clock;
  options.random = &random;
  return open_postgres(options);
}

}  // namespace

ServiceDatabase::ServiceDatabase(std::span<const Migration> migrations)
    : database_(open(folder_.path(), clock, random)) {
  migrate(*database_, "service", migrations, clock);
}

std::vector<std::string> ServiceDatabase::payloads(Sql sql, std::string_view type) {
  return transact([&](Tx& tx) {
    std::vector<std::string> found;
    for (auto row : tx.query(sql, type)) found.push_back(row.get<std::string>(0));
    return found;
  });
}

std::optional<std::string> ServiceDatabase::take_payload(std::string_view type) {
  return transact([&](Tx& tx) -> std::optional<std::string> {
    auto rows =
        tx.query("SELECT job_id, payload FROM jobs WHERE type = $1 AND run_at <= $2 ORDER BY run_at, key"
                 " LIMIT 1",
                 type, tx.now());
    if (rows.empty()) return std::nullopt;
    tx.exec("DELETE FROM jobs WHERE job_id = $1", rows.front().get<std::string>(0));
    return rows.front().get<std::string>(1);
  });
}

}  // namespace bramble
