#include "services/warehouse/warehouse_module.h"

#include "base/error.h"
#include "services/warehouse/warehouse_service.h"
#include "warehouse_schema.h"

namespace bramble {
namespace {

warehouse::WarehouseSettings settings(ModuleHost& host) {
  warehouse::WarehouseSettings settings;
  settings.bind_workers = host.setting("bind_workers_to_site", true);
  settings.task_kept_for = milliseconds(host.setting("task_kept_ms", 900'000, 1'000, 86'400'000));
  settings.late_scans_for = milliseconds(host.setting("late_scan_ms", 43'200'000, 60'000, 604'800'000));
  return settings;
}

Task<void> finish(warehouse::WarehouseService* service, Call call, warehouse::FinishUndo job) {
  auto reply = co_await service->finish_undo(std::move(call), std::move(job.receipt_id));
  if (reply.outcome == warehouse::UndoOutcome::pending)
    throw Error(ErrorCode::unavailable, "not_yet", "somebody else goes on with the undo");
}

}  // namespace

Module warehouse_module() {
  Module module{.name = "warehouse",
                .calls = {"catalog", "inventory"},
                .migrations = warehouse_migrations(),
                .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    warehouse::WarehousePeers peers{host.api<catalog::CatalogApi>(), host.api<inventory::InventoryApi>()};
    auto service = std::make_shared<warehouse::WarehouseService>(host.database(), peers, host.clock(),
                                                                 host.random(), settings(host));
    auto* warehouse = service.get();
    host.serve<warehouse::WarehouseApi>(service);
    host.consume<orders::OrderPaid>([=](Tx& tx, const auto& event) { warehouse->on_order_paid(tx, event); });
    host.consume<orders::PickShortDecided>(
        [=](Tx& tx, const auto& event) { warehouse->on_short_decided(tx, event); });
    host.on_job<warehouse::FinishUndo>([=](Call call, warehouse::FinishUndo job) -> Task<void> {
      return finish(warehouse, std::move(call), std::move(job));
    });
    return service;
  };
  return module;
}

}  // namespace bramble
