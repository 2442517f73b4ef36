#include "gateways/storefront/storefront_module.h"

#include "base/network_ports.h"
#include "gateways/edge/request_guard.h"
#include "gateways/media/media_routes.h"
#include "gateways/pages/assets.h"
#include "gateways/storefront/pages/storefront_pages.h"
#include "gateways/storefront/storefront_gateway.h"
#include "services/security/security.api.h"

namespace bramble {
namespace {

constexpr std::size_t hook_connections = 256;

// Forms may lead to the bank's pages and to no other site.
std::string bank_origin(ModuleHost& host) {
  auto origin = host.setting("bank_origin", host.sandboxed() ? host.address_of(network_port::sandbox) : "");
  if (origin.empty())
    host.lacks("storefront.bank_origin, where the bank's own pages are: https://pay.bank.example");
  return origin;
}

struct Storefront {
  edge::RequestGuard guard;
  std::shared_ptr<storefront::StorefrontGateway> gateway;
  storefront::StorefrontPages pages;
  edge::Router router;

  Storefront(ModuleHost& host, const storefront::Services& services, pages::SiteOptions site,
             storefront::PagesOptions options, const storefront::ShopDetails& shop)
      : guard(host, "storefront", site.public_url, services.auth, host.api<security::SecurityApi>()),
        gateway(std::make_shared<storefront::StorefrontGateway>(
            services, host.clock(), host.random(), events(host, services),
            storefront::GatewayOptions{.return_url = options.return_url,
                                       .health = [&host] { return host.health(); }})),
        pages(services, gateway->catalogue(), host.clock(), host.random(), guard.session(), std::move(site),
              std::move(options), shop),
        router(host.clock(), host.random(), host.metrics(), host.log(),
               {.server = "storefront", .secure = guard.is_secure()}, hooks()) {
    router.add(storefront::storefront_routes(gateway));
    router.add(pages.routes());
    router.add(pages::storefront_asset_routes());
    router.add(media::media_routes());
  }

  storefront::OrderEvents events(ModuleHost& host, const storefront::Services& services) {
    return {{services.notifications, host.clock(), host.executor(), guard.revocations()},
            std::make_shared<edge::StreamLimits>(edge::stream_rules(host), host.metrics(), "storefront")};
  }

  edge::RouterHooks hooks() {
    auto hooks = guard.hooks();
    hooks.show_failure = [this](const edge::RouteInfo& info, const edge::HttpCall& http,
                                std::string_view code, HttpResponse& response) {
      pages.site().show_failure(info, http, code, response);
    };
    return hooks;
  }
};

// What the pages say about the shop and its owner.
storefront::ShopDetails shop_details(ModuleHost& host) {
  return {.name = host.setting("shop_name", "Bramble"),
          .is_practice = host.sandboxed(),
          .legal = host.setting("shop_legal", ""),
          .phone = host.setting("shop_phone", ""),
          .email = host.setting("shop_email", ""),
          .address = host.setting("shop_address", ""),
          .hours = host.setting("shop_hours", ""),
          .texts_folder = host.setting("shop_texts_folder", "")};
}

}  // namespace

Module storefront_module(std::vector<storefront::PayMethod> practice_methods) {
  Module module{.name = "storefront",
                .calls = {"auth", "cart", "catalog", "inventory", "notifications", "orders", "payments",
                          "pickup", "security"},
                .migrations = {},
                .start = {}};
  module.start = [practice_methods = std::move(practice_methods)](ModuleHost& host) -> std::shared_ptr<void> {
    storefront::Services services{host.api<auth::AuthApi>(),
                                  host.api<cart::CartApi>(),
                                  host.api<catalog::CatalogApi>(),
                                  host.api<inventory::InventoryApi>(),
                                  host.api<notifications::NotificationsApi>(),
                                  host.api<orders::OrdersApi>(),
                                  host.api<payments::PaymentsApi>(),
                                  host.api<pickup::PickupApi>()};
    auto public_url =
        host.setting("public_url", host.sandboxed() ? host.address_of(network_port::storefront) : "");
    if (public_url.empty())
      host.lacks("storefront.public_url, the shop's address, to which the bank sends buyers back");
    auto shop = shop_details(host);
    pages::SiteOptions site{.public_url = public_url,
                            .name = shop.name,
                            .is_practice = shop.is_practice,
                            .form_targets = bank_origin(host),
                            .time_zone = host.setting("time_zone", "Europe/Moscow"),
                            .asset_url =
                                [](std::string_view name) { return std::string(pages::asset_url(name)); },
                            .sandboxed = host.sandboxed()};
    auto inbox = host.setting("practice_phone_url",
                              host.sandboxed() ? host.address_of(network_port::sandbox) + "/phone" : "");
    storefront::PagesOptions options{.return_url = public_url + "/payment/return",
                                     .inbox_url = std::move(inbox)};
    if (host.sandboxed()) options.pay_methods = practice_methods;
    auto storefront = std::make_shared<Storefront>(host, services, std::move(site), std::move(options), shop);
    // The bank's webhooks have connections of their own, which buyers cannot use up.
    host.listen(network_port::storefront, storefront->router.handler(),
                {.urgent_path = "/hooks/", .urgent_connections = hook_connections});
    return storefront;
  };
  return module;
}

}  // namespace bramble
