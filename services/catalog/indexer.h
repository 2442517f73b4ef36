// Brings the search index up to the tables: each round takes the products that are due, whole, batch after
// batch in the order of their ids, and has them forgotten as due only when the index has them on disk.
#pragma once

#include "ports/database.h"
#include "ports/search.h"
#include "runtime/log.h"
#include "services/catalog/index_documents.h"
#include "services/catalog/indexing_store.h"

namespace bramble::catalog {

class Indexer {
 public:
  // Two batches are in memory at a time.
  Indexer(Database& database, SearchIndex& index, Logger& log, std::int64_t most_a_batch = 4'000)
      : database_(database), index_(index), log_(log), most_a_batch_(most_a_batch) {}

  // One round. The first one also finds out whether the index has lost what it had.
  Task<void> run(Call call);

 private:
  struct Batch {
    std::vector<ProductVersion> products;
    std::vector<SearchDocument> documents;
  };

  Task<void> check_index(Call call);
  Task<void> read_due(Call call, ProductId after, Batch& batch);
  Task<void> put(Call call, Batch& batch);
  // The next after `after`.
  Batch due(Tx& tx, const ProductId& after) const;

  Database& database_;
  SearchIndex& index_;
  Logger& log_;
  std::int64_t most_a_batch_;
  IndexDocuments documents_;
  IndexingStore indexing_;
  bool checked_ = false;
};

}  // namespace bramble::catalog
