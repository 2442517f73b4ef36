#include "bench/load/bench_command.h"

#include <CLI/CLI.hpp>

#include "bench/load/bench.h"

namespace bramble::load {

void add_bench_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<BenchOptions>();
  auto* command = app.add_subcommand("bench", "Drive a running instance as its clients do, and measure it");
  command->add_option("scenario", options->scenario, "what the clients do")
      ->required()
      ->check(CLI::IsMember({"purchase", "hot-sku", "cart", "browse", "search"}));
  command->add_option("--target", options->target, "address of the Storefront gateway")
      ->capture_default_str();
  command->add_option("--clients", options->clients, "clients at once")
      ->check(CLI::Range(1, 20'000))
      ->capture_default_str();
  command->add_option("--seconds", options->seconds, "length of the run, a tenth of it to warm up")
      ->check(CLI::Range(0.1, 86'400.0))
      ->capture_default_str();
  command->add_flag("--json", options->json, "print one JSON object");
  command->add_flag("--pages", options->pages, "browse, search: the rendered pages instead of the API");
  command->add_option("--ops", options->ops, "address of the Ops gateway (the target's port + 2)");
  command->add_option("--sandbox", options->sandbox, "address of the sandbox (the target's port + 10)");
  command->add_option("--staff-login", options->staff_login, "a login that may receive goods");
  command->add_option("--staff-password", options->staff_password, "its password");
  command->add_option("--data", options->data, "data folder of a demo instance, where its logins are");
  command->add_option("--stock", options->stock, "hot-sku: units for sale")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--skus", options->skus, "purchase, cart: how many different goods")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->callback([options, &exit_code] { exit_code = run_bench(*options); });
}

}  // namespace bramble::load
