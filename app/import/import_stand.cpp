#include "app/import/import_stand.h"

#include <fmt/format.h>

#include <fstream>

#include "app/check/stores.h"
#include "app/import/durable_file.h"
#include "engines/sqlite/sqlite.h"
#include "engines/xapian/xapian_index.h"
#include "runtime/metrics_registry.h"
#include "runtime/system_clock.h"
#include "services/catalog/catalog_module.h"
#include "services/inventory/inventory_module.h"
#include "services/warehouse/warehouse_module.h"

namespace bramble::importing {
namespace {

constexpr Duration patience = seconds(60);
constexpr std::size_t most_rows = 1'000'000;

constexpr const char* dumped[] = {
    "SELECT * FROM catalog.category",
    ("SELECT product_id, seller_id, vendor_code, category_id, title, brand, description, attributes, images,"
     " rating, rating_count, language, version FROM catalog.product"),
    "SELECT * FROM catalog.sku",
    "SELECT sku_id, version, price_minor, old_price_minor, currency FROM catalog.price",
    "SELECT sku_id, in_stock FROM catalog.sku_stock",
    "SELECT product_id FROM catalog.indexing WHERE version = indexed",
    "SELECT * FROM warehouse.bin_stock",
    "SELECT * FROM warehouse.label",
    "SELECT receipt_id, site_id FROM warehouse.receipt",
    "SELECT site_id, sku_id, bin, kind, quantity, document FROM warehouse.movement",
    "SELECT site_id, sku_id, quantity FROM inventory.sell_grant",
    "SELECT * FROM inventory.stock",
    "SELECT * FROM inventory.sku_turn"};

Platform platform_on(const std::string& folder) {
  Platform platform;
  platform.clock = std::make_shared<SystemClock>();
  platform.random = std::make_shared<SystemRandom>();
  platform.open_database = [folder, clock = platform.clock,
                            random = platform.random](const std::string& module) {
    SqliteOptions options;
    options.path = folder + "/" + module + ".db";
    options.clock = clock.get();
    options.random = random.get();
    return open_sqlite(options);
  };
  platform.make_search = [folder, clock = platform.clock](boost::asio::any_io_executor) {
    XapianOptions options;
    options.commit_pause = milliseconds(10);
    return open_xapian_index(folder + "/search", *clock, options);
  };
  return platform;
}

}  // namespace

Shop::Shop() : metrics_(make_metrics()), call_(system_call("test", Time{INT64_MAX})) {
  ProcessOptions options;
  options.data_folder = folder_.path();
  options.servers = false;
  process_ =
      std::make_unique<Process>(std::vector<Module>{catalog_module(), inventory_module(), warehouse_module()},
                                platform_on(folder_.path()), settings_, logger_, *metrics_, options);
  process_->start();
  for (const auto* id : {"site_moscow", "site_tver"})
    run(warehouse().open_site(call_, {{SiteId(id), id, "fulfilment_centre", 55, 37}}));
}

void Shop::close() {
  if (process_) process_->stop();
}

ImportOptions Shop::of_lines(const std::vector<std::string>& lines, const std::string& name) const {
  ImportOptions options;
  options.file = folder_.path() + "/" + name;
  std::ofstream file(options.file, std::ios::binary);
  for (const auto& line : lines) file << line << "\n";
  options.progress_path = options.file + ".progress.json";
  options.errors_path = options.file + ".errors.jsonl";
  options.rows_a_chunk = 400;
  return options;
}

std::string Shop::errors_of(const ImportOptions& options) const {
  return read_whole_file(options.errors_path);
}

ImportStanding Shop::import(ImportOptions options, std::function<void(const ImportStanding&)> told) {
  auto standing = run(import_products(options, {catalog(), warehouse()}, call_, std::move(told)));
  EXPECT_TRUE(process_->settle(patience));
  auto until = SystemClock().now() + patience;
  while (run(catalog().count(call_, {})).unindexed > 0) {
    if (SystemClock().now() > until) throw std::runtime_error("search does not take in the cards");
    process_->run(pause_us(10'000));
  }
  return standing;
}

catalog::SearchReply Shop::search(const std::string& words) {
  catalog::SearchRequest request;
  request.q = words;
  return run(catalog().search(call_, request));
}

std::string Shop::dump() {
  close();
  return dump_stores(folder_.path());
}

std::string dump_stores(const std::string& data_folder) {
  auto stores = check::open_sqlite_stores(data_folder);
  auto look = stores->look_at({"catalog", "warehouse", "inventory"});
  std::string text;
  for (std::string query : dumped) {
    text += query + "\n";
    auto rows = look->query(query, most_rows);
    std::sort(rows.begin(), rows.end());
    for (const auto& row : rows) {
      for (const auto& cell : row) text += cell + "|";
      text += "\n";
    }
  }
  return text;
}

std::string row(int number, const std::string& members) {
  auto line = fmt::format(R"({{"source":"shop","id":"{0}","title":"Товар номер{0} особый",)"
                          R"("category_path":["Раздел {1}","Полка {2}"])",
                          number, number % 7, number % 3);
  if (members.find("price_minor") == std::string::npos)
    line += fmt::format(R"(,"price_minor":{})", 10'000 + number);
  return line + (members.empty() ? "" : ",") + members + "}";
}

}  // namespace bramble::importing
