// What search engines read: robots.txt and the sitemap.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/catalogue/product_lists.h"

namespace bramble::storefront {

class SearchEnginePages {
 public:
  // `lists` must outlive it. `more_paths` are in the sitemap besides home and categories.
  SearchEnginePages(ProductLists& lists, std::string public_url, std::vector<std::string> more_paths)
      : lists_(lists), public_url_(std::move(public_url)), more_paths_(std::move(more_paths)) {}

  // This object must outlive them.
  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  Task<pages::Answer> robots(pages::PageRequest& request);
  Task<pages::Answer> sitemap(pages::PageRequest& request);

  ProductLists& lists_;
  std::string public_url_;
  std::vector<std::string> more_paths_;
};

}  // namespace bramble::storefront
