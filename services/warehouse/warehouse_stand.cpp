#include "services/warehouse/warehouse_stand.h"

namespace bramble::warehouse {

WarehouseStand::WarehouseStand() {
  catalog.put("sku_shoe", 100, "4600000000017");
  catalog.put("sku_sock", 100, "4600000000024");
  catalog.put("sku_bare", 100);
  for (const auto& site : {moscow, tver}) {
    run_sync(warehouse.open_site(database.call, {{site, "A site", "fulfilment_centre", 55, 37}}));
  }
}

Call WarehouseStand::worker(const SiteId& site) {
  auto call = database.call;
  call.caller = {CallerKind::staff, "usr_worker", {"warehouse"}, site.text()};
  return call;
}

Call WarehouseStand::colleague(std::vector<std::string> roles) {
  auto call = worker();
  call.caller.id = "usr_colleague";
  call.caller.roles = std::move(roles);
  return call;
}

Task<Receipt> WarehouseStand::receiving(const std::string& receipt, const SiteId& site,
                                          std::vector<ReceiptLine> lines) {
  return warehouse.receive(worker(), {receipt, site, std::move(lines)});
}

Receipt WarehouseStand::receive(const std::string& receipt, const SiteId& site,
                                  std::vector<ReceiptLine> lines) {
  return run_sync(receiving(receipt, site, std::move(lines)));
}

std::vector<orders::PaidItem> WarehouseStand::units(const std::vector<Part>& parts) {
  std::vector<orders::PaidItem> found;
  for (const auto& part : parts) {
    for (int i = 0; i < part.quantity; ++i) {
      found.push_back({ItemId("itm_" + std::to_string(++items)), part.sku, part.site});
    }
  }
  return found;
}

void WarehouseStand::pay(const std::string& order, const std::vector<Part>& parts) {
  orders::OrderPaid event{OrderId(order), UserId("usr_1"), units(parts), database.clock.now(),
                          PickupPointId("pp_1")};
  database.transact([&](Tx& tx) { warehouse.on_order_paid(tx, event); });
}

std::vector<PickTask> WarehouseStand::tasks(const std::string& order) {
  ListTasksRequest request;
  request.order_id = OrderId(order);
  request.page = 1;
  request.limit = 100;
  return run_sync(warehouse.list_tasks(worker(), request)).items;
}

PickTask WarehouseStand::task_at(const std::string& order, const SiteId& site) {
  for (auto& task : tasks(order)) {
    if (task.site_id == site) return task;
  }
  ADD_FAILURE() << "no task";
  return {};
}

ScanReply WarehouseStand::scan(const PickTask& task, const std::string& scan_id, const std::string& bin,
                                 const std::string& barcode, std::int64_t quantity) {
  return run_sync(warehouse.scan(worker(), {task.task_id, scan_id, bin, barcode, quantity}));
}

void WarehouseStand::pick_all(const PickTask& task) {
  for (const auto& line : task.lines) {
    auto left = line.quantity - line.picked - line.missing;
    auto reply = scan(task, "scan-" + std::to_string(++scans), line.bin, line.barcode, left);
    EXPECT_EQ(reply.outcome, ScanOutcome::picked) << reply.detail;
  }
}

ShortReply WarehouseStand::report(const PickTask& task, const std::string& short_id, const std::string& bin,
                                    const std::string& barcode, std::int64_t quantity, ShortReason reason) {
  return run_sync(warehouse.report_short(worker(), {task.task_id, short_id, bin, barcode, quantity, reason}));
}

void WarehouseStand::decide(const std::string& order, const std::string& short_id,
                              const std::vector<Part>& parts, std::int64_t cancelled) {
  orders::PickShortDecided event{OrderId(order), short_id, units(parts), cancelled};
  database.transact([&](Tx& tx) { warehouse.on_short_decided(tx, event); });
}

ScanReply WarehouseStand::complete(const PickTask& task, const std::string& package) {
  return run_sync(warehouse.complete(worker(), {task.task_id, package}));
}

CancelPickOutcome WarehouseStand::cancel(const std::string& order) {
  return run_sync(warehouse.cancel_pick(database.call, {OrderId(order)})).outcome;
}

std::int64_t WarehouseStand::quarantined(const SkuId& sku) {
  return database.transact([&](Tx& tx) {
    return tx.query("SELECT COALESCE(SUM(quarantined), 0) FROM bin_stock WHERE sku_id = $1", sku)
        .front()
        .get<std::int64_t>(0);
  });
}

std::vector<std::int64_t> WarehouseStand::goods(const SkuId& sku) {
  return database.transact([&](Tx& tx) {
    auto rows =
        tx.query("SELECT COALESCE(SUM(on_hand), 0), COALESCE(SUM(reserved), 0), COALESCE(SUM(picked), 0)"
                 " FROM bin_stock WHERE sku_id = $1",
                 sku);
    return std::vector<std::int64_t>{rows.front().get<std::int64_t>(0), rows.front().get<std::int64_t>(1),
                                     rows.front().get<std::int64_t>(2)};
  });
}

void WarehouseStand::check_goods() {
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM bin_stock WHERE on_hand < 0 OR reserved < 0 OR picked < 0 OR"
                           " on_hand - reserved - picked - quarantined < 0"),
            0);
  EXPECT_EQ(
      database.value(
          "SELECT COUNT(*) FROM bin_stock LEFT JOIN (SELECT site_id, sku_id, bin,"
          " SUM(CASE kind WHEN 'received' THEN quantity WHEN 'quarantined' THEN quantity"
          " WHEN 'written_off' THEN -quantity WHEN 'moved_out' THEN -quantity"
          " WHEN 'receipt_undone' THEN -quantity ELSE 0 END) AS came,"
          " SUM(CASE kind WHEN 'quarantined' THEN quantity ELSE 0 END) AS quarantined,"
          " SUM(CASE kind WHEN 'reserved' THEN quantity WHEN 'unreserved' THEN -quantity"
          " WHEN 'picked' THEN -quantity WHEN 'written_off' THEN -quantity"
          " WHEN 'moved_out' THEN -quantity ELSE 0 END) AS reserved,"
          " SUM(CASE kind WHEN 'picked' THEN quantity WHEN 'unpicked' THEN -quantity ELSE 0 END) AS picked"
          " FROM movement GROUP BY site_id, sku_id, bin) AS sums ON sums.site_id = bin_stock.site_id AND"
          " sums.sku_id = bin_stock.sku_id AND sums.bin = bin_stock.bin"
          " WHERE sums.came IS NULL OR bin_stock.on_hand <> sums.came OR bin_stock.reserved <> "
          "sums.reserved"
          " OR bin_stock.picked <> sums.picked OR bin_stock.quarantined <> sums.quarantined"),
      0);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM (SELECT 1 FROM movement LEFT JOIN bin_stock ON"
                           " movement.site_id = bin_stock.site_id AND movement.sku_id = bin_stock.sku_id AND"
                           " movement.bin = bin_stock.bin WHERE bin_stock.bin IS NULL) AS lost"),
            0);
}

}  // namespace bramble::warehouse
