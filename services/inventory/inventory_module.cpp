#include "services/inventory/inventory_module.h"

#include "inventory_schema.h"
#include "services/inventory/inventory_service.h"

namespace bramble {

Module inventory_module() {
  Module module{.name = "inventory", .calls = {}, .migrations = inventory_migrations(), .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    auto service = std::make_shared<inventory::InventoryService>(host.database(), host.clock());
    auto* inventory = service.get();
    host.serve<inventory::InventoryApi>(service);
    host.consume<warehouse::SiteOpened>(
        [=](Tx& tx, const auto& event) { inventory->on_site_opened(tx, event); });
    host.consume<warehouse::SellRightsGranted>(
        [=](Tx& tx, const auto& event) { inventory->on_sell_rights_granted(tx, event); });
    host.consume<orders::OrderPaid>([=](Tx& tx, const auto& event) { inventory->on_order_paid(tx, event); });
    host.consume<orders::PaidOrderCancelled>(
        [=](Tx& tx, const auto& event) { inventory->on_paid_order_cancelled(tx, event); });
    host.repeat("expire-holds", seconds(1),
                [=](Call call) { return inventory->expire_holds(std::move(call)); });
    return service;
  };
  return module;
}

}  // namespace bramble
