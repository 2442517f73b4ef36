#include "gateways/ops/ops_module.h"

#include "base/network_ports.h"
#include "gateways/edge/request_guard.h"
#include "gateways/media/media_routes.h"
#include "gateways/ops/ops_gateway.h"
#include "gateways/ops/security/staff_actions.h"
#include "gateways/ops/session/app_shell.h"
#include "gateways/pages/assets.h"

namespace bramble {
namespace {

constexpr std::size_t most_connections = 1'000;  // reserved for staff
constexpr ops::AppShell programs[] = {{"terminal", "Терминал"}, {"console", "Console"}};

std::string public_url(ModuleHost& host) {
  auto url = host.setting("public_url", host.sandboxed() ? host.address_of(network_port::ops) : "");
  if (url.empty()) host.lacks("ops.public_url, the address of staff's pages");
  return url;
}

struct Ops {
  edge::RequestGuard guard;
  std::shared_ptr<ops::OpsGateway> gateway;
  ops::StaffActions actions;
  edge::Router router;

  Ops(ModuleHost& host, ops::Services services)
      : guard(host, "ops", public_url(host), services.auth, services.security),
        gateway(std::make_shared<ops::OpsGateway>(services, host, guard.session())),
        actions(services.security, host.clock(), host.log()),
        router(host.clock(), host.random(), host.metrics(), host.log(),
               {.server = "ops", .secure = guard.is_secure()}, hooks()) {
    router.add(ops::ops_routes(gateway));
    router.add(pages::asset_routes());
    router.add(media::media_routes());
    router.add(ops::fixed_file_routes());
    for (const auto& program : programs) router.add(ops::app_routes(program, host.sandboxed()));
  }

  edge::RouterHooks hooks() {
    auto hooks = guard.hooks();
    hooks.invoke = [this](const edge::Route& route, edge::HttpCall& http) {
      return actions.run(route, http);
    };
    return hooks;
  }
};

}  // namespace

Module ops_module() {
  Module module{.name = "ops",
                .calls = {"auth", "catalog", "inventory", "notifications", "orders", "payments", "pickup",
                          "security", "warehouse"},
                .migrations = {},
                .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    ops::Services services{host.api<auth::AuthApi>(),           host.api<catalog::CatalogApi>(),
                           host.api<inventory::InventoryApi>(), host.api<notifications::NotificationsApi>(),
                           host.api<orders::OrdersApi>(),       host.api<payments::PaymentsApi>(),
                           host.api<pickup::PickupApi>(),       host.api<security::SecurityApi>(),
                           host.api<warehouse::WarehouseApi>()};
    auto ops = std::make_shared<Ops>(host, services);
    host.listen(network_port::ops, ops->router.handler(), {.connections = most_connections});
    return ops;
  };
  return module;
}

}  // namespace bramble
