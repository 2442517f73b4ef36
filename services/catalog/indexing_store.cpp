#include "services/catalog/indexing_store.h"

namespace bramble::catalog {

std::int64_t IndexingStore::mark(Tx& tx, const ProductId& product) const {
  return tx
      .query("INSERT INTO indexing (product_id, version, indexed) VALUES ($1, 1, 0)"
             " ON CONFLICT (product_id) DO UPDATE SET version = indexing.version + 1 RETURNING version",
             product)
      .front()
      .get<std::int64_t>(0);
}

void IndexingStore::mark_category(Tx& tx, const CategoryId& category) const {
  tx.send("UPDATE indexing SET version = version + 1"
          " WHERE product_id IN (SELECT product_id FROM product WHERE category_id = $1)",
          category);
}

namespace {

std::vector<ProductVersion> products_from(const Rows& rows) {
  std::vector<ProductVersion> found;
  for (auto row : rows) found.push_back({row.get<ProductId>(0), row.get<std::int64_t>(1)});
  return found;
}

}  // namespace

std::vector<ProductVersion> IndexingStore::due(Tx& tx, const ProductId& after, std::int64_t limit) const {
  return products_from(
      tx.query("SELECT product_id, version FROM indexing WHERE version > indexed AND product_id > $1"
               " ORDER BY product_id LIMIT $2",
               after, limit));
}

std::vector<ProductVersion> IndexingStore::all(Tx& tx, const ProductId& after, std::int64_t limit) const {
  return products_from(
      tx.query("SELECT product_id, version FROM indexing WHERE product_id > $1 ORDER BY product_id LIMIT $2",
               after, limit));
}

std::int64_t IndexingStore::due_count(Tx& tx) const {
  return tx.query("SELECT COUNT(*) FROM indexing WHERE version > indexed").front().get<std::int64_t>(0);
}

void IndexingStore::done(Tx& tx, const ProductVersion& product) const {
  tx.send("UPDATE indexing SET indexed = $2 WHERE product_id = $1 AND indexed < $2", product.product_id,
          product.version);
}

std::int64_t IndexingStore::indexed_count(Tx& tx) const {
  return tx.query("SELECT COUNT(*) FROM indexing WHERE indexed > 0").front().get<std::int64_t>(0);
}

void IndexingStore::forget(Tx& tx) const { tx.send("UPDATE indexing SET indexed = 0 WHERE indexed > 0"); }

std::optional<std::int64_t> IndexingStore::format(Tx& tx) const {
  auto rows = tx.query("SELECT format FROM index_format");
  if (rows.empty()) return std::nullopt;
  return rows.front().get<std::int64_t>(0);
}

void IndexingStore::put_format(Tx& tx, std::int64_t format) const {
  tx.send("INSERT INTO index_format (id, format) VALUES (1, $1)"
          " ON CONFLICT (id) DO UPDATE SET format = excluded.format",
          format);
}

}  // namespace bramble::catalog
