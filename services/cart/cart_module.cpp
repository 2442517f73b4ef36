#include "services/cart/cart_module.h"

#include "services/cart/cart_service.h"

namespace bramble {

Module cart_module() {
  Module module{.name = "cart", .calls = {"catalog", "inventory"}, .migrations = {}, .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    cart::CartSettings settings;
    settings.life = days(host.setting("life_days", 7, 1, 365));
    settings.new_life = minutes(host.setting("new_life_minutes", 180, 1, 525'600));
    settings.pace.interval = Duration{hours(1).us / host.setting("new_per_address_hour", 360, 1, 1'000'000)};
    auto service =
        std::make_shared<cart::CartService>(host.cache(), host.api<catalog::CatalogApi>(),
                                            host.api<inventory::InventoryApi>(), host.clock(), settings);
    host.serve<cart::CartApi>(service);
    return service;
  };
  return module;
}

}  // namespace bramble
