#include "services/catalog/category_store.h"

#include "services/catalog/packed_text.h"

namespace bramble::catalog {
namespace {

constexpr std::int64_t most_categories = 100'000;

}  // namespace

CategoryTree CategoryStore::tree(Tx& tx) const {
  std::vector<Category> items;
  auto rows = tx.query(
      "SELECT category_id, title, parent_id, titles, image_url FROM category ORDER BY category_id LIMIT $1",
      most_categories);
  for (auto row : rows) {
    items.push_back({row.get<CategoryId>(0), row.get<std::string>(1), row.get<std::optional<CategoryId>>(2),
                     unpack_options(row.get<std::string>(3)), row.get<std::string>(4)});
  }
  return CategoryTree(std::move(items));
}

bool CategoryStore::put(Tx& tx, const Category& category) const {
  auto titles = pack(category.titles);
  auto rows = tx.query("SELECT title, parent_id, titles, image_url FROM category WHERE category_id = $1",
                       category.category_id);
  bool is_same = !rows.empty() && rows.front().get<std::string>(0) == category.title &&
                 rows.front().get<std::optional<CategoryId>>(1) == category.parent_id &&
                 rows.front().get<std::string>(2) == titles &&
                 rows.front().get<std::string>(3) == category.image_url;
  if (is_same) return false;
  tx.send(
      "INSERT INTO category (category_id, title, parent_id, titles, image_url) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (category_id) DO UPDATE SET title = excluded.title, parent_id = excluded.parent_id,"
      " titles = excluded.titles, image_url = excluded.image_url",
      category.category_id, category.title, category.parent_id, titles, category.image_url);
  return true;
}

bool CategoryStore::has(Tx& tx, const CategoryId& category) const {
  return !tx.query("SELECT 1 FROM category WHERE category_id = $1", category).empty();
}

}  // namespace bramble::catalog
