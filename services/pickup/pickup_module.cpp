#include "services/pickup/pickup_module.h"

#include "pickup_schema.h"
#include "services/pickup/pickup_service.h"

namespace bramble {

Module pickup_module() {
  Module module{.name = "pickup", .calls = {}, .migrations = pickup_migrations(), .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    auto service = std::make_shared<pickup::PickupService>(host.database());
    auto* points = service.get();
    host.serve<pickup::PickupApi>(service);
    host.on_ready([=](Call call) { return points->load(std::move(call)); });
    // This finds what other processes have written.
    host.repeat("load-points", minutes(1), [=](Call call) { return points->load(std::move(call)); });
    return service;
  };
  return module;
}

}  // namespace bramble
