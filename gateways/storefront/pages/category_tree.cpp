#include "gateways/storefront/pages/category_tree.h"

#include <algorithm>

namespace bramble::storefront {
namespace {

// A circle of parents is a mistake in the data, and ends here.
constexpr std::size_t deepest = 16;

}  // namespace

CategoryTree::CategoryTree(std::vector<catalog::Category> categories) : categories_(std::move(categories)) {
  for (std::size_t i = 0; i < categories_.size(); ++i) by_id_.emplace(categories_[i].category_id.text(), i);
}

const catalog::Category* CategoryTree::find(std::string_view category_id) const {
  auto found = by_id_.find(category_id);
  return found == by_id_.end() ? nullptr : &categories_[found->second];
}

std::vector<const catalog::Category*> CategoryTree::children(std::string_view category_id) const {
  std::vector<const catalog::Category*> found;
  for (const auto& category : categories_) {
    // One whose parent is not there stands at the top rather than nowhere.
    bool has_parent = category.parent_id && find(category.parent_id->text()) != nullptr;
    auto parent = has_parent ? std::string_view(category.parent_id->text()) : std::string_view();
    if (parent == category_id) found.push_back(&category);
  }
  return found;
}

std::vector<const catalog::Category*> CategoryTree::path(std::string_view category_id) const {
  std::vector<const catalog::Category*> path;
  const auto* category = find(category_id);
  while (category != nullptr && path.size() < deepest) {
    path.push_back(category);
    category = category->parent_id ? find(category->parent_id->text()) : nullptr;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace bramble::storefront
