// The report of a SKU at all sites: sell rights, stock, grants and holds.
#pragma once

#include "gateways/ops/parallel_reads.h"
#include "ports/clock.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::ops {

// The contract's name is public and stays.
using StockReport = StockDossier;

struct StockReportSources {
  catalog::CatalogApi& catalog;
  inventory::InventoryApi& inventory;
  warehouse::WarehouseApi& warehouse;
  const Clock& clock;
};

Task<StockReport> read_stock_report(StockReportSources sources, Call call, SkuId sku);

}  // namespace bramble::ops
