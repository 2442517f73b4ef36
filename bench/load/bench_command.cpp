#include "bench/load/bench_command.h"

#include "base/command_line/command.h"
#include "bench/load/bench.h"

namespace bramble::load {

void add_bench_command(Command& app, int& exit_code) {
  auto options = std::make_shared<BenchOptions>();
  auto& command = app.command("bench", "drive a running instance as its clients do, and measure it");
  command.option("scenario", options->scenario, "what the clients do")
      .required()
      .one_of({"purchase", "hot-sku", "cart", "browse", "search"});
  command.option("--target", options->target, "address of the Storefront gateway").show_default();
  command.option("--clients", options->clients, "clients at once").between(1, 20'000).show_default();
  command.option("--seconds", options->seconds, "length of the run, a tenth of it to warm up")
      .between(0.1, 86'400.0)
      .show_default();
  command.flag("--json", options->json, "print one JSON object");
  command.flag("--pages", options->pages, "browse, search: the rendered pages instead of the API");
  command.option("--ops", options->ops, "address of the Ops gateway (the target's port + 2)");
  command.option("--sandbox", options->sandbox, "address of the sandbox (the target's port + 10)");
  command.option("--staff-login", options->staff_login, "a login that may receive goods");
  command.option("--staff-password", options->staff_password, "its password");
  command.option("--data", options->data, "data folder of a demo instance, where its logins are");
  command.option("--stock", options->stock, "hot-sku: units for sale").between(1, 1'000'000).show_default();
  command.option("--skus", options->skus, "purchase, cart: how many different goods")
      .between(1, 100'000)
      .show_default();
  command.on_run([options, &exit_code] { exit_code = run_bench(*options); });
}

}  // namespace bramble::load
