#include "gateways/storefront/pages/storefront_pages.h"

#include "storefront_page_files.h"

namespace bramble::storefront {
namespace {

// The count in the page's head. A page is shown without it if it cannot be read.
Task<void> show_cart_badge(const AccountSummary& summary, pages::PageRequest& request) {
  auto count = (co_await summary.in_cart(request)).units();
  request.view.set("CART_COUNT", count);
  request.view.show_if(count == 0, "CART_EMPTY");
}

pages::SiteOptions with_badge(pages::SiteOptions options, AccountSummary summary) {
  options.dress = [summary = std::move(summary)](pages::PageRequest& request) {
    return show_cart_badge(summary, request);
  };
  return options;
}

AccountSummary summary_of(const Services& services) {
  return account_summary_of(services.cart, services.orders);
}

}  // namespace

StorefrontPages::StorefrontPages(const Services& services, CatalogueRoutes& catalogue, const Clock& clock,
                                 Random& random, edge::BrowserSession& session, pages::SiteOptions site,
                                 PagesOptions options, const ShopDetails& shop)
    : pay_methods_(std::move(options.pay_methods)),
      site_(pages::storefront_page_files(), session, with_badge(std::move(site), summary_of(services))),
      lists_(goods_of(catalogue), clock),
      cart_view_(summary_of(services)),
      checkout_view_(services, random, pay_methods_),
      repayment_(random, pay_methods_),
      catalogue_(goods_of(catalogue), lists_, summary_of(services)),
      products_(goods_of(catalogue), lists_, summary_of(services), site_.options().public_url),
      search_engines_(lists_, site_.options().public_url, InfoPages::paths()),
      sign_in_(site_, services, clock, std::move(options.inbox_url)),
      account_(services.auth),
      cart_(cart_view_, services, random),
      checkout_(checkout_view_, cart_view_, services, pay_methods_, options.return_url),
      payments_(repayment_, services.orders, pay_methods_, options.return_url),
      orders_(repayment_, services, random, summary_of(services)),
      info_(shop) {}

std::vector<edge::Route> StorefrontPages::routes() {
  auto routes = site_.preference_routes();
  routes.push_back(site_.get("page_design", "/design", edge::Auth::optional,
                             pages::handler(*this, &StorefrontPages::design)));
  for (auto& part : {catalogue_.routes(site_), products_.routes(site_), search_engines_.routes(site_),
                     sign_in_.routes(), account_.routes(site_), cart_.routes(site_), checkout_.routes(site_),
                     payments_.routes(site_), orders_.routes(site_), info_.routes(site_)}) {
    routes.insert(routes.end(), part.begin(), part.end());
  }
  return routes;
}

// Every component of web/design in all its states, for people who make pages.
Task<pages::Answer> StorefrontPages::design(pages::PageRequest& request) {
  request.view.set("TITLE", "Design");
  request.view.show("NOT_INDEXED");
  co_return pages::PageResult{"design.html"};
}

}  // namespace bramble::storefront
