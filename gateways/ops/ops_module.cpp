#include "gateways/ops/ops_module.h"

#include "gateways/ops/ops_gateway.h"
#include "gateways/pages/assets.h"

namespace bramble {
namespace {

constexpr std::uint16_t ops_port = 2;

struct Ops {
  std::shared_ptr<ops::OpsGateway> gateway;
  edge::Gatekeeper gatekeeper;
  edge::Router router;

  Ops(ModuleHost& host, ops::Services services)
      : gateway(std::make_shared<ops::OpsGateway>(services, host)),
        gatekeeper(host, "ops", host.setting("public_url", host.address_of(ops_port)), services.auth),
        router(host.clock(), host.random(), host.metrics(), host.log(), {.server = "ops"},
               gatekeeper.hooks()) {
    router.add(ops::ops_routes(gateway));
    router.add(pages::asset_routes());
  }
};

}  // namespace

Module ops_module() {
  Module module{.name = "ops",
                .calls = {"auth", "catalog", "orders", "payments", "warehouse"},
                .migrations = {},
                .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    ops::Services services{host.api<auth::AuthApi>(), host.api<catalog::CatalogApi>(),
                           host.api<orders::OrdersApi>(), host.api<payments::PaymentsApi>(),
                           host.api<warehouse::WarehouseApi>()};
    auto ops = std::make_shared<Ops>(host, services);
    host.listen(ops_port, ops->router.handler());
    return ops;
  };
  return module;
}

}  // namespace bramble
