// The tree of categories: down to the children, and up along the breadcrumbs.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/catalog/catalog.api.h"

namespace bramble::storefront {

class CategoryTree {
 public:
  explicit CategoryTree(std::vector<catalog::Category> categories);
  CategoryTree(CategoryTree&&) = default;
  CategoryTree(const CategoryTree&) = delete;  // the index points into the categories

  const catalog::Category* find(std::string_view category_id) const;
  // The largest first. An empty id stands for the top: categories without a parent.
  const std::vector<const catalog::Category*>& children(std::string_view category_id) const;
  // From the top to the category itself; empty if it is unknown.
  std::vector<const catalog::Category*> path(std::string_view category_id) const;
  const std::vector<catalog::Category>& all() const { return categories_; }

 private:
  std::vector<catalog::Category> categories_;
  std::unordered_map<std::string_view, std::size_t> by_id_;
  std::unordered_map<std::string_view, std::vector<const catalog::Category*>> children_;
};

}  // namespace bramble::storefront
