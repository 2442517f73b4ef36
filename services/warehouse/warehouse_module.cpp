#include "services/warehouse/warehouse_module.h"

#include "services/warehouse/warehouse_service.h"
#include "warehouse_schema.h"

namespace bramble {

Module warehouse_module() {
  Module module{.name = "warehouse", .calls = {"catalog"}, .migrations = warehouse_migrations(), .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    auto service =
        std::make_shared<warehouse::WarehouseService>(host.database(), host.api<catalog::CatalogApi>(),
                                                      host.clock(), host.random(),
                                                      host.setting("bind_workers_to_site", true));
    auto* warehouse = service.get();
    host.serve<warehouse::WarehouseApi>(service);
    host.consume<orders::OrderPaid>([=](Tx& tx, const auto& event) { warehouse->on_order_paid(tx, event); });
    host.consume<orders::PickShortDecided>(
        [=](Tx& tx, const auto& event) { warehouse->on_short_decided(tx, event); });
    return service;
  };
  return module;
}

}  // namespace bramble
