// The storefront's pages: one Site, and the parts of it that know their pages.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/pages/buying_pages.h"
#include "gateways/storefront/pages/catalogue_pages.h"
#include "gateways/storefront/pages/info_pages.h"
#include "gateways/storefront/storefront_gateway.h"

namespace bramble::storefront {

class StorefrontPages {
 public:
  StorefrontPages(Services services, std::shared_ptr<StorefrontGateway> gateway, const Clock& clock,
                  Random& random, edge::BrowserSession& session, pages::SiteOptions options,
                  BuyingSettings buying, const ShopDetails& shop);

  // The pages must outlive them.
  std::vector<edge::Route> routes();
  const pages::Site& site() const { return site_; }

 private:
  Task<pages::Answer> design(pages::Visit& visit);

  pages::Site site_;
  CataloguePages catalogue_;
  BuyingPages buying_;
  InfoPages info_;
};

}  // namespace bramble::storefront
