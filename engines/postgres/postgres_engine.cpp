#include "engines/postgres/postgres_engine.h"

#include "base/error.h"
#include "engines/postgres/postgres.h"

namespace bramble {
namespace {

PostgresOptions options_of(Settings& settings) {
  PostgresOptions options;
  options.conninfo = settings.text("database", "conninfo", "");
  options.connections = static_cast<std::size_t>(settings.integer("database", "connections", 4, 1, 64));
  return options;
}

}  // namespace

Engine postgres_engine() {
  return {.port = "database",
          .name = "postgres",
          .settings = [](Settings& settings) { options_of(settings); },
          .open =
              [](const EngineContext& context, Platform& platform) {
                auto options = options_of(context.settings);
                if (options.conninfo.empty())
                  throw_invalid("database.conninfo", "required", "where the PostgreSQL server is");
                platform.open_database = [options, clock = platform.clock,
                                          random = platform.random](const std::string& module) {
                  auto schema = options;
                  schema.schema = module;
                  schema.clock = clock.get();
                  schema.random = random.get();
                  return open_postgres(schema);
                };
              }};
}

}  // namespace bramble
