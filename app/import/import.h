// The import of products: a file's rows become the catalogue's cards, and their opening stock the
// warehouse's. Goes through the services' APIs under ids made of the rows, so that doing any of it again
// changes nothing; after each chunk the progress is kept, so that a run that was cut off goes on near where
// it was, and ends with what an uninterrupted one ends with.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/import/card_mapper.h"
#include "app/import/progress_file.h"
#include "base/call.h"
#include "base/task.h"
#include "services/catalog/catalog.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::importing {

struct ImportOptions {
  std::string file;
  std::string progress_path;
  std::string errors_path;
  MappingOptions mapping;
  std::int64_t stock = 0;     // units of each SKU at each of the sites, if they never had it; 0: none
  std::vector<SiteId> sites;  // that there are
  std::size_t rows_a_chunk = 2'000;
};

struct ImportTargets {
  catalog::CatalogApi& catalog;
  warehouse::WarehouseApi& warehouse;
};

struct ImportStanding {
  ImportCounts counts;
  std::int64_t resumed_rows = 0;  // of them done by an earlier run
  std::size_t categories = 0;
  std::size_t respelled_categories = 0;  // of them also written in other capital letters
  double share_of_file = 0;              // 0 to 1
};

// Returns when all is stored; the services may still be telling each other. Calls `told` after each chunk.
// The progress stays until forget_progress, which is for when all the rest is done as well.
Task<ImportStanding> import_products(ImportOptions options, ImportTargets targets, Call call,
                                     std::function<void(const ImportStanding&)> told);
void forget_progress(const std::string& progress_path);

}  // namespace bramble::importing
