#include "services/catalog/category_tree.h"

#include "base/error.h"

namespace bramble::catalog {

CategoryTree::CategoryTree(std::vector<Category> items) : items_(std::move(items)) {
  for (std::size_t i = 0; i < items_.size(); ++i) by_id_.emplace(items_[i].category_id.text(), i);
  for (const auto& item : items_) {
    if (!item.parent_id) continue;
    auto where = "parent_id of " + item.category_id.text();
    if (!find(item.parent_id->text())) throw_invalid(where, "unknown_category", "there is no such category");
    children_[item.parent_id->text()].push_back(item.category_id.text());
    // As many steps up as there are categories: then one came twice.
    std::size_t steps = 0;
    for (const auto* at = &item; at && at->parent_id; at = find(at->parent_id->text())) {
      if (++steps > items_.size()) throw_invalid(where, "category_cycle", "its parents lead back to it");
    }
  }
}

const Category* CategoryTree::find(const std::string& id) const {
  auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &items_[found->second];
}

std::vector<std::string> CategoryTree::with_descendants(const std::string& id) const {
  std::vector<std::string> found{id};
  for (std::size_t i = 0; i < found.size(); ++i) {
    auto children = children_.find(found[i]);
    if (children != children_.end())
      found.insert(found.end(), children->second.begin(), children->second.end());
  }
  return found;
}

std::unordered_map<std::string, std::int64_t> CategoryTree::sums(
    const std::unordered_map<std::string, std::int64_t>& own) const {
  std::unordered_map<std::string, std::int64_t> all;
  for (const auto& [id, number] : own) {
    for (const auto* category : up(id)) all[category->category_id.text()] += number;
  }
  return all;
}

std::vector<const Category*> CategoryTree::up(const std::string& id) const {
  std::vector<const Category*> found;
  for (const auto* at = find(id); at; at = at->parent_id ? find(at->parent_id->text()) : nullptr)
    found.push_back(at);
  return found;
}

}  // namespace bramble::catalog
