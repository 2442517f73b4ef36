#include "gateways/storefront/pages/catalogue_pages.h"

namespace bramble::storefront {

using edge::Auth;
using pages::Visit;

std::vector<edge::Route> CataloguePages::routes(const pages::Site& site) {
  std::vector<edge::Route> routes;
  routes.push_back(site.get("page_home", "/", Auth::optional, [this](Visit& visit) { return home(visit); }));
  return routes;
}

Task<pages::Answer> CataloguePages::home(Visit& visit) {
  auto categories = co_await gateway_->categories(visit.http, {});
  visit.view.set("TITLE", visit.say("home.title"));
  for (const auto& category : categories.items) visit.view.add("CATEGORY").set("NAME", category.title);
  co_return pages::Show{"home.html"};
}

}  // namespace bramble::storefront
