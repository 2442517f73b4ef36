// Rebuilds the search index when its format has changed: fills a new index beside the live one, which goes on
// answering and taking changes, and swaps them. The format is stored after the swap, so a rebuild that was
// cut off starts again.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "ports/search.h"
#include "runtime/log.h"
#include "services/catalog/index_documents.h"
#include "services/catalog/indexing_store.h"
#include "services/catalog/search_mapping.h"

namespace bramble::catalog {

class IndexRebuild {
 public:
  IndexRebuild(Database& database, SearchIndex& index, const Clock& clock, Logger& log,
               std::int64_t format = index_format, std::int64_t most_a_batch = 1'000)
      : database_(database),
        index_(index),
        clock_(clock),
        log_(log),
        format_(format),
        most_a_batch_(most_a_batch) {}

  // Does nothing once the index has the format.
  Task<void> run(Call call);

 private:
  Task<void> rebuild(Call call);
  // Returns how many documents there are.
  Task<std::int64_t> fill(Call call, SearchIndex& beside);
  Call call_of_batch(Call call) const;

  Database& database_;
  SearchIndex& index_;
  const Clock& clock_;
  Logger& log_;
  std::int64_t format_;
  std::int64_t most_a_batch_;
  IndexDocuments documents_;
  IndexingStore indexing_;
  bool is_current_ = false;
};

}  // namespace bramble::catalog
