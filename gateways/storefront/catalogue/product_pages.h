// A product's page.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/account/account_summary.h"
#include "gateways/storefront/catalogue/goods_source.h"
#include "gateways/storefront/catalogue/product_lists.h"

namespace bramble::storefront {

class ProductPages {
 public:
  // `lists` must outlive it. Links for machines begin with `public_url`.
  ProductPages(GoodsSource goods, ProductLists& lists, AccountSummary summary, std::string public_url)
      : goods_(std::move(goods)),
        lists_(lists),
        summary_(std::move(summary)),
        public_url_(std::move(public_url)) {}

  // This object must outlive them.
  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  Task<pages::Answer> product(pages::PageRequest& request);

  GoodsSource goods_;
  ProductLists& lists_;
  AccountSummary summary_;
  std::string public_url_;
};

}  // namespace bramble::storefront
