// Goods and categories that many pages show: popular, new and similar goods, the category tree. Cached for
// seconds, so that a page costs one query and not ten.
#pragma once

#include <memory>
#include <string>

#include "gateways/storefront/catalogue/category_tree.h"
#include "gateways/storefront/catalogue/goods_source.h"
#include "gateways/storefront/catalogue/timed_cache.h"

namespace bramble::storefront {

using ProductList = std::vector<SearchItem>;

class ProductLists {
 public:
  ProductLists(GoodsSource goods, const Clock& clock);

  // At most 12 goods of the category (of all, if it is empty), by an order of the search: "rating", "new".
  Task<std::shared_ptr<const ProductList>> list(const edge::HttpCall& http, std::string category,
                                                std::string sort);
  Task<std::shared_ptr<const CategoryTree>> tree(const edge::HttpCall& http);

 private:
  Task<ProductList> load_list(Call call, std::string category, std::string sort);
  Task<CategoryTree> load_tree(Call call);

  GoodsSource goods_;
  TimedCache<ProductList> lists_;
  TimedCache<CategoryTree> trees_;
};

}  // namespace bramble::storefront
