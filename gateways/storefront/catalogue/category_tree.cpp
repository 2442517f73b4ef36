#include "gateways/storefront/catalogue/category_tree.h"

#include <algorithm>
#include <tuple>

namespace bramble::storefront {
namespace {

// Ends a cycle of parents, which is a fault of the data.
constexpr std::size_t deepest = 16;

// An import puts goods without a section here: the category is large and helps nobody who browses.
constexpr std::string_view leftovers = "cat_uncategorised";

bool stands_before(const catalog::Category* left, const catalog::Category* right) {
  auto rank = [](const catalog::Category& category) {
    return std::tuple(category.category_id.text() == leftovers, -category.for_sale, -category.cards,
                      std::string_view(category.title), std::string_view(category.category_id.text()));
  };
  return rank(*left) < rank(*right);
}

}  // namespace

CategoryTree::CategoryTree(std::vector<catalog::Category> categories) : categories_(std::move(categories)) {
  for (std::size_t i = 0; i < categories_.size(); ++i) by_id_.emplace(categories_[i].category_id.text(), i);
  for (const auto& category : categories_) {
    // A category whose parent is missing stands at the top.
    const auto* parent = category.parent_id ? find(category.parent_id->text()) : nullptr;
    children_[parent ? std::string_view(parent->category_id.text()) : std::string_view()].push_back(
        &category);
  }
  for (auto& [parent, children] : children_) std::sort(children.begin(), children.end(), stands_before);
}

const catalog::Category* CategoryTree::find(std::string_view category_id) const {
  auto found = by_id_.find(category_id);
  return found == by_id_.end() ? nullptr : &categories_[found->second];
}

const std::vector<const catalog::Category*>& CategoryTree::children(std::string_view category_id) const {
  static const std::vector<const catalog::Category*> none;
  auto found = children_.find(category_id);
  return found == children_.end() ? none : found->second;
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
