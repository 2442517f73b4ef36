#include "engines/sqlite/sqlite_engine.h"

#include "engines/sqlite/sqlite.h"

namespace bramble {
namespace {

SqliteOptions options_of(Settings& settings) {
  SqliteOptions options;
  options.gather_time = microseconds(settings.integer("database", "gather_us", 700, 0, 10'000));
  options.mapped_bytes = settings.integer("database", "mapped_mb", 256, 0, 1 << 20) << 20;
  return options;
}

}  // namespace

Engine sqlite_engine() {
  return {.port = "database",
          .name = "sqlite",
          .settings = [](Settings& settings) { options_of(settings); },
          .open =
              [](const EngineContext& context, Platform& platform) {
                platform.open_database = [options = options_of(context.settings),
                                          folder = context.data_folder, clock = platform.clock,
                                          random = platform.random](const std::string& module) {
                  auto file = options;
                  file.path = folder + "/" + module + ".db";
                  file.clock = clock.get();
                  file.random = random.get();
                  return open_sqlite(file);
                };
              }};
}

}  // namespace bramble
