// The pages on which a buyer finds goods: home, categories, search, product.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/storefront_gateway.h"

namespace bramble::storefront {

class CataloguePages {
 public:
  CataloguePages(Services services, std::shared_ptr<StorefrontGateway> gateway, const Clock& clock)
      : services_(services), gateway_(std::move(gateway)), clock_(clock) {}

  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  Task<pages::Answer> home(pages::Visit& visit);

  Services services_;
  std::shared_ptr<StorefrontGateway> gateway_;
  const Clock& clock_;
};

}  // namespace bramble::storefront
