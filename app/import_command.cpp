#include "app/import_command.h"

#include <sys/resource.h>

#include <fmt/format.h>
#include <cmath>
#include <filesystem>

#include "app/demo.h"
#include "app/import/byte_source.h"
#include "app/import/import.h"
#include "app/import/progress_teller.h"
#include "app/import/summary.h"
#include "app/instance.h"
#include "app/modules.h"
#include "base/command_line/command.h"
#include "base/error.h"

namespace bramble {
namespace {

namespace fs = std::filesystem;

constexpr Duration settle_time = hours(2);
constexpr Duration search_time = hours(2);
constexpr std::int64_t most_stock = 1'000'000;
constexpr double highest_price = 1e10;

// Whoever writes all cards once has no use for them in memory, nor for their tables.
constexpr const char* import_defaults = "[catalog]\ncached_cards = 5000\n[database]\nmapped_mb = 16\n";

struct ImportCommand : InstanceOptions {
  importing::ImportOptions import;
  std::vector<std::string> rates;
  std::vector<std::string> ten_point;
  std::vector<std::string> sites;
  double default_price = 0;  // roubles
  bool no_conversion = false;
  bool demo_places = false;
  bool json = false;
};

importing::ImportOptions import_options(const ImportCommand& command) {
  auto options = command.import;
  if (command.no_conversion) options.mapping.rates.forget();
  for (const auto& rate : command.rates) options.mapping.rates.set(rate);
  options.mapping.ten_point_sources.insert(command.ten_point.begin(), command.ten_point.end());
  if (command.default_price > 0)
    options.mapping.default_price_minor = std::llround(command.default_price * 100);
  auto folder = fs::path(command.data) / "import";
  auto name = fs::path(options.file).filename().string();
  options.progress_path = (folder / (name + ".progress.json")).string();
  if (options.errors_path.empty()) options.errors_path = (folder / (name + ".errors.jsonl")).string();
  return options;
}

// The sites that were asked for: by their names, or the first.
std::vector<SiteId> choose_sites(const ImportCommand& command, const std::vector<warehouse::Site>& known) {
  if (known.empty())
    throw_invalid("--stock", "no_site", "there is no site to receive goods at; --demo-places makes some");
  std::vector<SiteId> chosen;
  for (const auto& wanted : command.sites) {
    bool is_known = std::any_of(known.begin(), known.end(),
                                [&](const auto& site) { return site.site_id.text() == wanted; });
    if (!is_known) throw_invalid("--site", "unknown_site", "there is no site " + wanted);
    chosen.emplace_back(wanted);
  }
  if (chosen.empty()) chosen.push_back(known.front().site_id);
  return chosen;
}

class ImportSession {
 public:
  ImportSession(const ImportCommand& command, Instance& instance, Process& process)
      : command_(command),
        process_(process),
        clock_(*instance.platform.clock),
        call_(system_call("import", clock_.now() + days(30))) {}

  importing::ImportStanding run(importing::ImportOptions options) {
    if (command_.demo_places && !has_demo(command_.data, DemoSize::places)) {
      make_demo(process_, clock_, command_.data, DemoSize::places,
                [&](const auto& line) { teller_.say(line); });
    }
    auto& warehouse = process_.api<warehouse::WarehouseApi>();
    if (options.stock > 0) {
      options.sites = choose_sites(command_, process_.run(warehouse.list_sites(call_, {})).items);
    }
    fs::create_directories(fs::path(options.progress_path).parent_path());
    importing::ImportTargets targets{process_.api<catalog::CatalogApi>(), warehouse};
    auto standing = process_.run(importing::import_products(options, targets, call_, [&](const auto& so_far) {
      teller_.tell(so_far);
    }));
    teller_.say(importing::progress_text(standing, teller_.seconds()));
    if (!process_.settle(settle_time))
      throw Error(ErrorCode::timeout, "import", "the services did not come to rest");
    wait_for_search();
    importing::forget_progress(options.progress_path);
    return standing;
  }

  double seconds() const { return teller_.seconds(); }

 private:
  std::int64_t unindexed() {
    return process_.run(process_.api<catalog::CatalogApi>().count(call_, {})).unindexed;
  }

  void wait_for_search() {
    auto until = clock_.now() + search_time;
    for (int round = 0;; ++round) {
      auto left = unindexed();
      if (left == 0) return;
      if (clock_.now() > until) throw Error(ErrorCode::timeout, "import", "search did not take in all cards");
      if (round % 20 == 0)
        teller_.say(fmt::format("search has {} cards to take in", importing::with_commas(left)));
      process_.run(pause_us(100'000));
    }
  }

  const ImportCommand& command_;
  Process& process_;
  const Clock& clock_;
  Call call_;
  importing::ProgressTeller teller_;
};

int import_file(ImportCommand command) {
  auto options = import_options(command);
  // Before a data folder is made for nothing.
  importing::ByteSource{options.file};
  command.defaults = import_defaults;
  command.sandbox = command.demo_places;
  Instance instance(command);
  instance.options.servers = false;
  Process process(all_modules(), instance.platform, instance.settings, *instance.logger, *instance.metrics,
                  instance.options);
  process.start();
  ImportSession session(command, instance, process);
  importing::ImportSummary summary;
  summary.standing = session.run(options);
  process.stop();
  summary.file = options.file;
  summary.errors_path = options.errors_path;
  summary.seconds = session.seconds();
  rusage usage{};
  if (::getrusage(RUSAGE_SELF, &usage) == 0) summary.peak_memory_bytes = std::int64_t{usage.ru_maxrss} << 10;
  fmt::print("{}\n", command.json ? importing::to_json(summary) : importing::to_text(summary));
  return 0;
}

void add_products_command(Command& import, int& exit_code) {
  auto command = std::make_shared<ImportCommand>();
  command->log_level = "error";
  auto& products = import.command("products", "cards and their opening stock, from JSON Lines");
  products.option("FILE", command->import.file, "JSON Lines, as they are or compressed with zstd").required();
  products.option("--data", command->data, "data folder of the instance, which must be stopped")
      .show_default();
  products.option("--config", command->config, "TOML file, as for serve");
  products.option("--set", command->sets, "a setting: section.key=value");
  products.option("--log-level", command->log_level, "debug, info, warn or error").show_default();
  products.option("--errors", command->import.errors_path,
                  "where to write what is wrong with rows (DATA/import/FILE.errors.jsonl)");
  products
      .option("--default-price", command->default_price,
              "roubles, for rows without a price; without it they are left out")
      .between(0.01, highest_price);
  products.option("--rate", command->rates, "another rate of a currency: USD=81.50 roubles");
  products.flag("--no-conversion", command->no_conversion,
                "leave out rows in currencies that have no --rate");
  products.option("--ten-point", command->ten_point, "a source whose ratings go up to ten");
  products.option("--stock", command->import.stock, "units of each product that a site has never had")
      .between(std::int64_t{0}, most_stock);
  products.option("--site", command->sites, "where they are received (the first site)");
  products.flag("--demo-places", command->demo_places,
                "first make the demo's sites, pickup points and logins");
  products.flag("--json", command->json, "print the summary as one JSON object");
  products.on_run([command, &exit_code] {
    try {
      exit_code = import_file(*command);
    } catch (const std::exception& failure) {
      fmt::print(stderr, "bramble import: {}\n", failure.what());
      exit_code = 1;
    }
  });
}

}  // namespace

void add_import_command(Command& app, int& exit_code) {
  auto& import = app.command("import", "take data from files into a stopped instance");
  import.require_command();
  add_products_command(import, exit_code);
}

}  // namespace bramble
