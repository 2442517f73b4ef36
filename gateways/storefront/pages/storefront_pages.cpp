#include "gateways/storefront/pages/storefront_pages.h"

#include "storefront_page_files.h"

namespace bramble::storefront {
namespace {

// The badge in the header. A page is worth showing without it.
Task<void> show_cart_badge(const OwnThings& own, pages::Visit& visit) {
  auto count = (co_await own.in_cart(visit)).units();
  visit.view.set("CART_COUNT", count);
  visit.view.show_if(count == 0, "CART_EMPTY");
}

pages::SiteOptions with_badge(pages::SiteOptions options, OwnThings own) {
  options.dress = [own = std::move(own)](pages::Visit& visit) { return show_cart_badge(own, visit); };
  return options;
}

}  // namespace

StorefrontPages::StorefrontPages(Services services, std::shared_ptr<StorefrontGateway> gateway,
                                 const Clock& clock, Random& random, edge::BrowserSession& session,
                                 pages::SiteOptions options, BuyingSettings buying, const ShopDetails& shop)
    : site_(pages::storefront_page_files(), session,
            with_badge(std::move(options), own_things_of(services.cart, services.orders))),
      catalogue_(goods_of(std::move(gateway)), own_things_of(services.cart, services.orders), clock,
                 site_.options().public_url),
      buying_(site_, services, clock, random, std::move(buying)),
      info_(shop) {}

std::vector<edge::Route> StorefrontPages::routes() {
  auto routes = site_.preference_routes();
  routes.push_back(site_.get("page_design", "/design", edge::Auth::optional,
                             [this](pages::Visit& visit) { return design(visit); }));
  for (auto& route : catalogue_.routes(site_)) routes.push_back(std::move(route));
  for (auto& route : buying_.routes()) routes.push_back(std::move(route));
  for (auto& route : info_.routes(site_)) routes.push_back(std::move(route));
  return routes;
}

// Every component of web/design in its states: for those who make pages.
Task<pages::Answer> StorefrontPages::design(pages::Visit& visit) {
  visit.view.set("TITLE", "Design");
  visit.view.show("NOT_INDEXED");
  co_return pages::Show{"design.html"};
}

}  // namespace bramble::storefront
