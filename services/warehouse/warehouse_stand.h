// A warehouse on a database of a test's own, and what its tests repeat: sites, receipts, paid orders, scans.
#pragma once

#include "services/warehouse/warehouse_service.h"
#include "testing/fakes/fake_catalog.h"
#include "testing/fakes/fake_inventory.h"
#include "testing/service/service_database.h"
#include "warehouse_schema.h"

namespace bramble::warehouse {

class WarehouseStand : public testing::Test {
 public:
  WarehouseStand();

  Call worker(const SiteId& site = SiteId());
  Call colleague(std::vector<std::string> roles = {"warehouse"});
  Task<Receipt> receiving(const std::string& receipt, const SiteId& site, std::vector<ReceiptLine> lines);
  Receipt receive(const std::string& receipt, const SiteId& site, std::vector<ReceiptLine> lines);
  // An order is paid; `parts` says how many of which SKU from which site.
  struct Part {
    SiteId site;
    SkuId sku;
    int quantity = 1;
  };
  std::vector<orders::PaidItem> units(const std::vector<Part>& parts);
  void pay(const std::string& order, const std::vector<Part>& parts);
  std::vector<PickTask> tasks(const std::string& order);
  PickTask task_at(const std::string& order, const SiteId& site);
  ScanReply scan(const PickTask& task, const std::string& scan_id, const std::string& bin,
                 const std::string& barcode, std::int64_t quantity);
  // Scans all that is left of a task.
  void pick_all(const PickTask& task);
  ShortReply report(const PickTask& task, const std::string& short_id, const std::string& bin,
                    const std::string& barcode, std::int64_t quantity,
                    ShortReason reason = ShortReason::not_found);
  // Orders' answer to a short pick; `parts` come from elsewhere.
  void decide(const std::string& order, const std::string& short_id, const std::vector<Part>& parts,
              std::int64_t cancelled);
  ScanReply complete(const PickTask& task, const std::string& package);
  CancelPickOutcome cancel(const std::string& order);

  std::int64_t quarantined(const SkuId& sku);
  // on_hand, reserved, picked of a SKU over all bins.
  std::vector<std::int64_t> goods(const SkuId& sku);

  // I1, I2: every bin is what its movements add up to, and no part of it is negative.
  void check_goods();

  const SiteId moscow{"site_moscow"};
  const SiteId tver{"site_tver"};
  const SkuId shoe{"sku_shoe"};
  const SkuId sock{"sku_sock"};
  const std::string shoe_code = "4600000000017";
  const std::string sock_code = "4600000000024";
  int items = 0;
  int scans = 0;
  ServiceDatabase database{warehouse_migrations()};
  FakeCatalog catalog;
  FakeInventory inventory;
  WarehouseService warehouse{*database, {catalog, inventory}, database.clock, database.random, {}};
};

}  // namespace bramble::warehouse
