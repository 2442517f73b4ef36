#include "app/check/check_command.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <CLI/CLI.hpp>

#include "app/check/check.h"

namespace bramble {
namespace {

struct CheckOptions {
  std::string data = "data";
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

std::unique_ptr<check::Stores> open_stores(const CheckOptions& options) {
  auto conninfo = options.conninfo;
  auto data = options.data;
  if (!options.config.empty()) {
    try {
      auto config = toml::parse_file(options.config);
      if (conninfo.empty()) conninfo = find_conninfo(config);
      if (auto folder = config["data"].value<std::string>()) data = *folder;
      if (auto folder = config["server"]["data"].value<std::string>()) data = *folder;
    } catch (const toml::parse_error& wrong) {
      throw check::Unreadable(options.config + ": " + std::string(wrong.description()));
    }
  }
  return conninfo.empty() ? check::open_sqlite_stores(data) : check::open_postgres_stores(conninfo);
}

int run_check(const CheckOptions& options) try {
  auto stores = open_stores(options);
  auto outcome = check::run_audits(*stores, check::all_audits(), looks, pause_between_looks);
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

void add_check_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CheckOptions>();
  auto* command = app.add_subcommand("check", "Audit every invariant over the stores of an instance");
  command->add_option("--data", options->data, "the data folder")->capture_default_str();
  command->add_option("--config", options->config, "the configuration file, if it names a PostgreSQL server");
  command->add_option("--postgres", options->conninfo,
                      "a PostgreSQL database to audit instead of a data folder");
  command->add_flag("--json", options->json, "print one JSON object");
  command->callback([options, &exit_code] { exit_code = run_check(*options); });
}

}  // namespace bramble
