// The pages on which a buyer finds goods: home, categories, search, product.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/storefront_gateway.h"

namespace bramble::storefront {

class CataloguePages {
 public:
  explicit CataloguePages(std::shared_ptr<StorefrontGateway> gateway) : gateway_(std::move(gateway)) {}

  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  Task<pages::Answer> home(pages::Visit& visit);

  std::shared_ptr<StorefrontGateway> gateway_;
};

}  // namespace bramble::storefront
