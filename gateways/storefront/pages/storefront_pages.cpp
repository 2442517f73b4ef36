#include "gateways/storefront/pages/storefront_pages.h"

#include "base/error.h"
#include "gateways/storefront/cart_token.h"
#include "storefront_page_files.h"

namespace bramble::storefront {
namespace {

// The badge in the header. A page is worth showing without it.
Task<void> show_cart_badge(cart::CartApi& cart, pages::Visit& visit) {
  auto owner = visit.is_signed_in() ? visit.http.call.caller.id : cart_token_of(*visit.http.request);
  std::int64_t count = 0;
  if (!owner.empty()) {
    try {
      count = (co_await cart.count(visit.http.call, {owner})).count;
    } catch (const Error&) {
      count = 0;
    }
  }
  visit.view.set("CART_COUNT", count);
  visit.view.show_if(count == 0, "CART_EMPTY");
}

pages::SiteOptions with_badge(pages::SiteOptions options, cart::CartApi& cart) {
  options.dress = [&cart](pages::Visit& visit) { return show_cart_badge(cart, visit); };
  return options;
}

}  // namespace

StorefrontPages::StorefrontPages(Services services, std::shared_ptr<StorefrontGateway> gateway,
                                 const Clock& clock, Random& random, edge::BrowserSession& session,
                                 pages::SiteOptions options, BuyingSettings buying)
    : site_(pages::storefront_page_files(), session, with_badge(std::move(options), services.cart)),
      catalogue_(goods_of(std::move(gateway)), clock, site_.options().public_url),
      buying_(site_, services, clock, random, std::move(buying)) {}

std::vector<edge::Route> StorefrontPages::routes() {
  auto routes = site_.preference_routes();
  routes.push_back(site_.get("page_design", "/design", edge::Auth::optional,
                             [this](pages::Visit& visit) { return design(visit); }));
  for (auto& route : catalogue_.routes(site_)) routes.push_back(std::move(route));
  for (auto& route : buying_.routes()) routes.push_back(std::move(route));
  return routes;
}

// Every component of web/design in its states: for those who make pages.
Task<pages::Answer> StorefrontPages::design(pages::Visit& visit) {
  visit.view.set("TITLE", "Design");
  visit.view.show("NOT_INDEXED");
  co_return pages::Show{"design.html"};
}

}  // namespace bramble::storefront
