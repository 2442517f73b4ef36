// The table of categories; the only file that knows it.
#pragma once

#include <vector>

#include "ports/database.h"
#include "services/catalog/category_tree.h"

namespace bramble::catalog {

class CategoryStore {
 public:
  CategoryTree tree(Tx& tx) const;
  // Adds the category, or changes the one of its id; false if it was so already.
  bool put(Tx& tx, const Category& category) const;
  bool has(Tx& tx, const CategoryId& category) const;
};

}  // namespace bramble::catalog
