#include "app/check/check_command.h"

#include <fmt/format.h>

#include <cstdlib>

#include <toml++/toml.h>

#include "app/check/check.h"
#include "base/command_line/command.h"

namespace bramble {
namespace {

struct CheckOptions {
  std::string data;  // empty: what the configuration says, or "data"
  std::string config;
  std::string conninfo;
  bool json = false;
};

// What is on its way has this long to arrive before it counts as lost.
constexpr int looks = 4;
constexpr std::chrono::milliseconds pause_between_looks{700};

bool is_conninfo(std::string_view key, std::string_view value) {
  return value.starts_with("postgres://") || value.starts_with("postgresql://") ||
         (key.find("conninfo") != std::string_view::npos && !value.empty()) ||
         value.find("dbname=") != std::string_view::npos;
}

// The first value in a configuration that is something to connect to PostgreSQL by; empty if there is none.
std::string find_conninfo(const toml::table& table) {
  for (const auto& [key, node] : table) {
    if (const auto* inner = node.as_table()) {
      if (auto found = find_conninfo(*inner); !found.empty()) return found;
    } else if (auto text = node.value<std::string>(); text && is_conninfo(key.str(), *text)) {
      return *text;
    }
  }
  return {};
}

// A data folder that is named counts; otherwise a PostgreSQL server that the configuration or the environment
// names.
std::unique_ptr<check::Stores> open_stores(const CheckOptions& options) {
  auto conninfo = options.conninfo;
  if (!options.config.empty()) {
    try {
      if (conninfo.empty()) conninfo = find_conninfo(toml::parse_file(options.config));
    } catch (const toml::parse_error& wrong) {
      throw check::Unreadable(options.config + ": " + std::string(wrong.description()));
    }
  }
  const char* named = std::getenv("BRAMBLE_DATABASE_CONNINFO");
  if (conninfo.empty() && named != nullptr && options.data.empty()) conninfo = named;
  if (!conninfo.empty() && options.data.empty()) return check::open_postgres_stores(conninfo);
  return check::open_sqlite_stores(options.data.empty() ? "data" : options.data);
}

int run_check(const CheckOptions& options) try {
  auto stores = open_stores(options);
  auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  auto audits = check::all_audits(now.time_since_epoch().count());
  auto outcome = check::run_audits(*stores, audits, looks, pause_between_looks);
  if (options.json) {
    fmt::print("{}\n", check::to_json(outcome));
  } else {
    fmt::print("{}", check::to_text(outcome));
  }
  return outcome.violations.empty() ? 0 : 1;
} catch (const check::Unreadable& failure) {
  fmt::print(stderr, "check: {}\n", failure.what());
  return 2;
}

}  // namespace

void add_check_command(Command& app, int& exit_code) {
  auto options = std::make_shared<CheckOptions>();
  auto& command = app.command("check", "Audit every invariant over the stores of an instance");
  command.option("--data", options->data, "the data folder (data)");
  command.option("--config", options->config, "the configuration file, if it names a PostgreSQL server");
  command.option("--postgres", options->conninfo, "a PostgreSQL database to audit instead of a data folder");
  command.flag("--json", options->json, "print one JSON object");
  command.on_run([options, &exit_code] { exit_code = run_check(*options); });
}

}  // namespace bramble
