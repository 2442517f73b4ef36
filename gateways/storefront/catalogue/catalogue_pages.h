// The pages on which a buyer finds goods: home, categories, search.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/account/account_summary.h"
#include "gateways/storefront/catalogue/goods_source.h"
#include "gateways/storefront/catalogue/product_lists.h"
#include "gateways/storefront/catalogue/search_terms.h"

namespace bramble::storefront {

class CataloguePages {
 public:
  // `lists` must outlive it.
  CataloguePages(GoodsSource goods, ProductLists& lists, AccountSummary summary)
      : goods_(std::move(goods)), lists_(lists), summary_(std::move(summary)) {}

  // This object must outlive them.
  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  using PageRequest = pages::PageRequest;
  using Answer = pages::Answer;

  Task<Answer> home(PageRequest& request);
  Task<Answer> categories(PageRequest& request);
  Task<Answer> category(PageRequest& request);
  Task<Answer> search(PageRequest& request);
  Task<Answer> nothing_found(PageRequest& request, const SearchTerms& terms, const InCart& in_cart);

  GoodsSource goods_;
  ProductLists& lists_;
  AccountSummary summary_;
};

}  // namespace bramble::storefront
