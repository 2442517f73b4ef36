// The API routes of finding goods. Products come with what is in stock now.
#pragma once

#include "gateways/storefront/services.h"
#include "gateways/storefront/storefront.routes.h"
#include "ports/clock.h"

namespace bramble::storefront {

class CatalogueRoutes {
 public:
  CatalogueRoutes(const Services& services, const Clock& clock)
      : catalog_(services.catalog), inventory_(services.inventory), clock_(clock) {}

  Task<SearchPage> search(edge::HttpCall& http, SearchQuery query);
  Task<catalog::SuggestReply> suggest(edge::HttpCall& http, SuggestQuery request);
  Task<catalog::CategoriesReply> categories(edge::HttpCall& http);
  Task<ProductPage> product(edge::HttpCall& http, ProductQuery request);

 private:
  catalog::CatalogApi& catalog_;
  inventory::InventoryApi& inventory_;
  const Clock& clock_;
};

}  // namespace bramble::storefront
