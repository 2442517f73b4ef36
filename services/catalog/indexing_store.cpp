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

std::vector<DueProduct> IndexingStore::due(Tx& tx, const ProductId& after, std::int64_t limit) const {
  std::vector<DueProduct> found;
  for (auto row :
       tx.query("SELECT product_id, version FROM indexing WHERE version > indexed AND product_id > $1"
                " ORDER BY product_id LIMIT $2",
                after, limit)) {
    found.push_back({row.get<ProductId>(0), row.get<std::int64_t>(1)});
  }
  return found;
}

std::int64_t IndexingStore::due_count(Tx& tx) const {
  return tx.query("SELECT COUNT(*) FROM indexing WHERE version > indexed").front().get<std::int64_t>(0);
}

void IndexingStore::done(Tx& tx, const DueProduct& product) const {
  tx.send("UPDATE indexing SET indexed = $2 WHERE product_id = $1 AND indexed < $2", product.product_id,
          product.version);
}

std::int64_t IndexingStore::indexed_count(Tx& tx) const {
  return tx.query("SELECT COUNT(*) FROM indexing WHERE indexed > 0").front().get<std::int64_t>(0);
}

void IndexingStore::forget(Tx& tx) const { tx.send("UPDATE indexing SET indexed = 0 WHERE indexed > 0"); }

}  // namespace bramble::catalog
