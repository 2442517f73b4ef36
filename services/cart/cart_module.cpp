#include "services/cart/cart_module.h"

#include "services/cart/cart_service.h"

namespace bramble {

Module cart_module() {
  Module module{.name = "cart", .calls = {"catalog", "inventory"}, .migrations = {}, .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    auto service = std::make_shared<cart::CartService>(host.cache(), host.api<catalog::CatalogApi>(),
                                                       host.api<inventory::InventoryApi>(), host.clock(),
                                                       days(host.setting("life_days", 7, 1, 365)));
    host.serve<cart::CartApi>(service);
    return service;
  };
  return module;
}

}  // namespace bramble
