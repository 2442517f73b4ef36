// The pages on which a buyer finds goods: home, categories, search, product.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/pages/goods_source.h"
#include "gateways/storefront/pages/own_things.h"
#include "gateways/storefront/pages/search_terms.h"
#include "gateways/storefront/pages/shelves.h"

namespace bramble::storefront {

class CataloguePages {
 public:
  CataloguePages(GoodsSource goods, OwnThings own, const Clock& clock, std::string public_url)
      : goods_(goods),
        shelves_(std::move(goods), clock),
        own_(std::move(own)),
        public_url_(std::move(public_url)) {}

  // They live as long as this object.
  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  using Visit = pages::Visit;
  using Answer = pages::Answer;

  // catalogue_pages.cpp
  Task<Answer> home(Visit& visit);
  Task<Answer> categories(Visit& visit);
  Task<Answer> category(Visit& visit);
  Task<Answer> search(Visit& visit);
  Task<Answer> nothing_found(Visit& visit, const SearchTerms& terms, const InCart& in_cart);

  // product_page.cpp
  Task<Answer> product(Visit& visit);

  // robots.cpp
  Task<Answer> robots(Visit& visit);
  Task<Answer> sitemap(Visit& visit);

  GoodsSource goods_;
  Shelves shelves_;
  OwnThings own_;
  std::string public_url_;
};

}  // namespace bramble::storefront
