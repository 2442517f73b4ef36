#include "services/inventory/inventory_stand.h"

namespace bramble::inventory {

InventoryStand::InventoryStand() {
  open(near, 55.75, 37.62);
  open(far, 59.93, 30.33);
}

void InventoryStand::open(const SiteId& site, double lat, double lon) {
  database.transact([&](Tx& tx) {
    inventory.on_site_opened(tx, {site, "A site", "fulfilment_centre", lat, lon});
  });
}

void InventoryStand::grant(const SiteId& site, std::int64_t epoch, std::int64_t seq,
                           std::vector<warehouse::GrantLine> lines) {
  database.transact([&](Tx& tx) { inventory.on_sell_rights_granted(tx, {site, epoch, seq, lines}); });
}

Task<ReserveReply> InventoryStand::reserving(const std::string& order, std::vector<Line> lines,
                                             std::int64_t attempt) {
  return inventory.reserve(database.call, {OrderId(order), attempt, std::move(lines), 55.7, 37.6,
                                           database.clock.now() + minutes(15)});
}

ReserveReply InventoryStand::reserve(const std::string& order, std::vector<Line> lines,
                                     std::int64_t attempt) {
  return run_sync(reserving(order, std::move(lines), attempt));
}

HoldState InventoryStand::begin_payment(const std::string& order) {
  return run_sync(inventory.begin_payment(database.call, {OrderId(order)})).state;
}

HoldState InventoryStand::release(const std::string& order, std::int64_t last_attempt) {
  return run_sync(inventory.release(database.call, {OrderId(order), last_attempt})).state;
}

HoldState InventoryStand::state(const std::string& order) {
  return run_sync(inventory.get_hold(database.call, {OrderId(order)})).state;
}

void InventoryStand::pay(const std::string& order) {
  database.transact([&](Tx& tx) {
    inventory.on_order_paid(tx, {OrderId(order), UserId("usr_1"), {}, tx.now()});
  });
}

void InventoryStand::cancel_paid(const std::string& order) {
  database.transact([&](Tx& tx) { inventory.on_paid_order_cancelled(tx, {OrderId(order)}); });
}

Task<ReplaceShortReply> InventoryStand::replacing(const std::string& order, const std::string& short_id,
                                                  const SkuId& sku, const SiteId& site, std::int64_t quantity,
                                                  bool replace) {
  return inventory.replace_short(database.call,
                                 {OrderId(order), short_id, sku, site, quantity, replace, 55.7, 37.6});
}

std::vector<Placement> InventoryStand::replace(const std::string& order, const std::string& short_id,
                                               const SkuId& sku, const SiteId& site, std::int64_t quantity,
                                               bool replace) {
  return run_sync(replacing(order, short_id, sku, site, quantity, replace)).placements;
}

void InventoryStand::expire() { run_sync(inventory.expire_holds(database.call)); }

std::vector<Stock> InventoryStand::stock(const SkuId& sku) {
  return run_sync(inventory.list_stock(database.call, {sku})).items;
}

std::vector<bool> InventoryStand::turns(const SkuId& sku) {
  std::vector<bool> found;
  std::int64_t version = 0;
  for (const auto& event : database.events<StockTurned>()) {
    if (event.sku_id != sku) continue;
    EXPECT_EQ(event.version, ++version);
    found.push_back(event.in_stock);
  }
  return found;
}

void InventoryStand::check_sums() {
  EXPECT_EQ(database.value(
                "SELECT COUNT(*) FROM stock WHERE held < 0 OR spent < 0 OR granted - held - spent < 0"),
            0);
  EXPECT_EQ(database.value(
                "SELECT COUNT(*) FROM stock WHERE granted <> (SELECT COALESCE(SUM(quantity), 0) FROM"
                " sell_grant WHERE sell_grant.sku_id = stock.sku_id AND"
                " sell_grant.site_id = stock.site_id) - (SELECT COALESCE(SUM(quantity), 0) FROM"
                " short_pick WHERE for_sale = 0 AND short_pick.sku_id = stock.sku_id AND"
                " short_pick.site_id = stock.site_id) - (SELECT COALESCE(SUM(quantity), 0) FROM"
                " withdrawal WHERE withdrawal.sku_id = stock.sku_id AND"
                " withdrawal.site_id = stock.site_id)"),
            0);
  EXPECT_EQ(database.value(
                "SELECT COUNT(*) FROM stock WHERE held <> (SELECT COALESCE(SUM(quantity), 0) FROM hold_line"
                " JOIN hold ON hold.order_id = hold_line.order_id AND hold.attempt = hold_line.attempt"
                " WHERE state IN (0, 1) AND hold_line.sku_id = stock.sku_id AND"
                " hold_line.site_id = stock.site_id)"),
            0);
  EXPECT_EQ(database.value(
                "SELECT COUNT(*) FROM stock WHERE spent <> (SELECT COALESCE(SUM(quantity), 0) FROM hold_line"
                " JOIN hold ON hold.order_id = hold_line.order_id AND hold.attempt = hold_line.attempt"
                " WHERE state = 2 AND hold_line.sku_id = stock.sku_id AND"
                " hold_line.site_id = stock.site_id)"),
            0);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM (SELECT order_id FROM hold WHERE state IN (0, 1, 2)"
                           " GROUP BY order_id HAVING COUNT(*) > 1) AS doubled"),
            0);
}

}  // namespace bramble::inventory
