// Tasks as a worker sees them: with the titles, options and pictures of their goods.
#pragma once

#include <vector>

#include "gateways/ops/ops.api.h"
#include "services/catalog/catalog.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::ops {

// In their order. Without an answer from the catalogue they come without faces: bins and barcodes are enough
// to go on working.
Task<std::vector<ShownTask>> shown_tasks(catalog::CatalogApi& catalog, Call call,
                                         std::vector<warehouse::PickTask> tasks);

}  // namespace bramble::ops
