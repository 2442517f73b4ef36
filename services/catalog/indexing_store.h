// Which version of each product the search index has, and the index's format; the only file that knows these
// tables.
#pragma once

#include <optional>
#include <vector>

#include "ports/database.h"
#include "services/catalog/catalog.api.h"

namespace bramble::catalog {

struct ProductVersion {
  ProductId product_id;
  std::int64_t version = 0;
};

class IndexingStore {
 public:
  // The product has changed; returns the version of it that is to be indexed.
  std::int64_t mark(Tx& tx, const ProductId& product) const;
  void mark_category(Tx& tx, const CategoryId& category) const;
  // Products whose latest version the index does not have, in the order of their ids, after `after`.
  std::vector<ProductVersion> due(Tx& tx, const ProductId& after, std::int64_t limit) const;
  std::int64_t due_count(Tx& tx) const;
  // All products, in the order of their ids, after `after`.
  std::vector<ProductVersion> all(Tx& tx, const ProductId& after, std::int64_t limit) const;
  // The index has the product in this version.
  void done(Tx& tx, const ProductVersion& product) const;
  // Products that the index should have.
  std::int64_t indexed_count(Tx& tx) const;
  // All of them are due again.
  void forget(Tx& tx) const;
  // The format that the index was filled in; nothing if it was never stored.
  std::optional<std::int64_t> format(Tx& tx) const;
  void put_format(Tx& tx, std::int64_t format) const;
};

}  // namespace bramble::catalog
