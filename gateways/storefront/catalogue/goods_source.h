// Where the catalogue's pages read goods: the API's own handlers, called for the reader.
#pragma once

#include <functional>

#include "gateways/storefront/catalogue/catalogue_routes.h"

namespace bramble::storefront {

struct GoodsSource {
  std::function<Task<SearchPage>(edge::HttpCall&, SearchQuery)> search;
  std::function<Task<ProductPage>(edge::HttpCall&, ProductQuery)> product;
  std::function<Task<catalog::CategoriesReply>(edge::HttpCall&)> categories;
};

// `routes` must outlive it.
inline GoodsSource goods_of(CatalogueRoutes& routes) {
  return {
      [&routes](edge::HttpCall& http, SearchQuery query) { return routes.search(http, std::move(query)); },
      [&routes](edge::HttpCall& http, ProductQuery query) { return routes.product(http, std::move(query)); },
      [&routes](edge::HttpCall& http) { return routes.categories(http); }};
}

}  // namespace bramble::storefront
