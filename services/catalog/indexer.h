// Brings the search index up to the tables: each round takes the products that are due, whole, and has them
// forgotten as due only when the index has them on disk.
#pragma once

#include "ports/database.h"
#include "ports/search.h"
#include "runtime/log.h"
#include "services/catalog/card_store.h"
#include "services/catalog/category_store.h"
#include "services/catalog/indexing_store.h"

namespace bramble::catalog {

class Indexer {
 public:
  Indexer(Database& database, SearchIndex& index, Logger& log)
      : database_(database), index_(index), log_(log) {}

  // One round. The first one also finds out whether the index has lost what it had.
  Task<void> run(Call call);

 private:
  struct Batch {
    std::vector<DueProduct> products;
    std::vector<SearchDocument> documents;
  };

  Task<void> check_index(Call call);
  Batch due(Tx& tx) const;

  Database& database_;
  SearchIndex& index_;
  Logger& log_;
  CardStore cards_;
  CategoryStore categories_;
  IndexingStore indexing_;
  bool checked_ = false;
};

}  // namespace bramble::catalog
