// Inventory on a database of a test's own, with what its tests repeat: a site that grants, orders that
// reserve.
#pragma once

#include "inventory_schema.h"
#include "services/inventory/inventory_service.h"
#include "testing/service/service_database.h"

namespace bramble::inventory {

class InventoryStand : public testing::Test {
 public:
  InventoryStand();

  void open(const SiteId& site, double lat, double lon);
  void grant(const SiteId& site, std::int64_t epoch, std::int64_t seq,
             std::vector<warehouse::GrantLine> lines);
  Task<ReserveReply> reserving(const std::string& order, std::vector<Line> lines, std::int64_t attempt = 1);
  ReserveReply reserve(const std::string& order, std::vector<Line> lines, std::int64_t attempt = 1);
  HoldState begin_payment(const std::string& order);
  HoldState release(const std::string& order, std::int64_t last_attempt = 1);
  HoldState state(const std::string& order);
  void pay(const std::string& order);
  void cancel_paid(const std::string& order);
  Task<ReplaceShortReply> replacing(const std::string& order, const std::string& short_id, const SkuId& sku,
                                    const SiteId& site, std::int64_t quantity, bool replace = true);
  std::vector<Placement> replace(const std::string& order, const std::string& short_id, const SkuId& sku,
                                 const SiteId& site, std::int64_t quantity, bool replace = true);
  void expire();

  std::vector<Stock> stock(const SkuId& sku);
  // Whether each turn was to "in stock", in order.
  std::vector<bool> turns(const SkuId& sku);

  // I2, I3: no part is negative, granted = available + held + spent is what the grants say, held is what open
  // holds say and spent what claimed ones say.
  void check_sums();

  const SkuId shoe{"sku_shoe"};
  const SkuId sock{"sku_sock"};
  const SiteId near{"site_near"};
  const SiteId far{"site_far"};
  ServiceDatabase database{inventory_migrations()};
  InventoryService inventory{*database, database.clock};
};

}  // namespace bramble::inventory
