// Which products the search index does not have in their latest version; the only file that knows this table.
#pragma once

#include <vector>

#include "ports/database.h"
#include "services/catalog/catalog.api.h"

namespace bramble::catalog {

struct DueProduct {
  ProductId product_id;
  std::int64_t version = 0;
};

class IndexingStore {
 public:
  // The product has changed; returns the version of it that is to be indexed.
  std::int64_t mark(Tx& tx, const ProductId& product) const;
  void mark_category(Tx& tx, const CategoryId& category) const;
  // In the order of their ids, from behind `after` on.
  std::vector<DueProduct> due(Tx& tx, const ProductId& after, std::int64_t limit) const;
  std::int64_t due_count(Tx& tx) const;
  // The index has the product in this version.
  void done(Tx& tx, const DueProduct& product) const;
  // Products that the index should have.
  std::int64_t indexed_count(Tx& tx) const;
  // All of them are due again.
  void forget(Tx& tx) const;
};

}  // namespace bramble::catalog
