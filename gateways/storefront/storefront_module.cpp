#include "gateways/storefront/storefront_module.h"

#include "gateways/edge/health.h"
#include "gateways/pages/assets.h"
#include "gateways/storefront/storefront_gateway.h"

namespace bramble {
namespace {

constexpr std::uint16_t storefront_port = 0;

struct Storefront {
  std::shared_ptr<storefront::StorefrontGateway> gateway;
  edge::Gatekeeper gatekeeper;
  edge::Router router;

  Storefront(ModuleHost& host, storefront::Services services, storefront::StorefrontSettings settings)
      : gateway(std::make_shared<storefront::StorefrontGateway>(services, host.clock(), host.random(),
                                                                host.executor(), std::move(settings))),
        gatekeeper(host, "storefront", services.auth),
        router(host.clock(), host.random(), host.metrics(), host.log(), {.server = "storefront"},
               gatekeeper.hooks()) {
    router.add(storefront::storefront_routes(gateway));
    router.add(edge::health_routes([] { return true; }));
    router.add(pages::storefront_asset_routes());
  }
};

}  // namespace

Module storefront_module() {
  Module module{.name = "storefront",
                .calls = {"auth", "cart", "catalog", "inventory", "notifications", "orders", "payments",
                          "pickup"},
                .migrations = {},
                .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    storefront::Services services{host.api<auth::AuthApi>(),
                                  host.api<cart::CartApi>(),
                                  host.api<catalog::CatalogApi>(),
                                  host.api<inventory::InventoryApi>(),
                                  host.api<notifications::NotificationsApi>(),
                                  host.api<orders::OrdersApi>(),
                                  host.api<payments::PaymentsApi>(),
                                  host.api<pickup::PickupApi>()};
    storefront::StorefrontSettings settings;
    auto public_url = host.setting("public_url", host.address_of(storefront_port));
    settings.return_url = public_url + "/payment/return";
    settings.secure_cookies = public_url.starts_with("https:");
    auto storefront = std::make_shared<Storefront>(host, services, std::move(settings));
    host.listen(storefront_port, storefront->router.handler());
    return storefront;
  };
  return module;
}

}  // namespace bramble
