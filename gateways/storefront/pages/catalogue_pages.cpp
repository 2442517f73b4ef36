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
  visit.view.set("TITLE", visit.say("home.title"));
  co_return pages::Show{"home.html"};
}

}  // namespace bramble::storefront
