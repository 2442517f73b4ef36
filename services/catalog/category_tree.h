// All categories, with their parents and children. Never changes once made; has no cycles.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "services/catalog/catalog.api.h"

namespace bramble::catalog {

class CategoryTree {
 public:
  CategoryTree() = default;
  // Throws Error invalid naming the item whose parent is unknown or whose parents lead back to it.
  explicit CategoryTree(std::vector<Category> items);

  const std::vector<Category>& items() const { return items_; }
  // Each with its own number added to those of all below it; unknown ids are left out.
  std::unordered_map<std::string, std::int64_t> sums(
      const std::unordered_map<std::string, std::int64_t>& own) const;
  const Category* find(const std::string& id) const;
  // The category itself and all below it; an unknown one is alone.
  std::vector<std::string> with_descendants(const std::string& id) const;
  // The category, then its parent, and so on up.
  std::vector<const Category*> up(const std::string& id) const;

 private:
  std::vector<Category> items_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::unordered_map<std::string, std::vector<std::string>> children_;
};

}  // namespace bramble::catalog
