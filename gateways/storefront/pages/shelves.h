// Goods and categories that many pages show: the popular, the new, what is like a product, the tree. Kept for
// seconds, so that a page costs one card and not ten searches.
#pragma once

#include <memory>
#include <string>

#include "gateways/storefront/pages/category_tree.h"
#include "gateways/storefront/pages/goods_source.h"
#include "gateways/storefront/pages/kept.h"

namespace bramble::storefront {

using Shelf = std::vector<SearchItem>;

class Shelves {
 public:
  Shelves(GoodsSource goods, const Clock& clock);

  // At most 12 goods of the category (of all, if it is empty), by an order of the search: "rating", "new".
  Task<std::shared_ptr<const Shelf>> shelf(const edge::HttpCall& http, std::string category,
                                           std::string sort);
  Task<std::shared_ptr<const CategoryTree>> tree(const edge::HttpCall& http);

 private:
  Task<Shelf> load_shelf(Call call, std::string category, std::string sort);
  Task<CategoryTree> load_tree(Call call);

  GoodsSource goods_;
  Kept<Shelf> shelves_;
  Kept<CategoryTree> trees_;
};

}  // namespace bramble::storefront
