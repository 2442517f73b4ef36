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
                                 edge::BrowserSession& session, pages::SiteOptions options)
    : site_(pages::storefront_page_files(), session, with_badge(std::move(options), services.cart)),
      catalogue_(std::move(gateway)) {}

std::vector<edge::Route> StorefrontPages::routes() {
  auto routes = site_.preference_routes();
  for (auto& route : catalogue_.routes(site_)) routes.push_back(std::move(route));
  return routes;
}

}  // namespace bramble::storefront
