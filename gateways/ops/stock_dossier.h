// A SKU everywhere: the right to sell it, the goods themselves, what was granted and what is held.
#pragma once

#include "gateways/ops/parts.h"
#include "ports/clock.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::ops {

struct StockSources {
  catalog::CatalogApi& catalog;
  inventory::InventoryApi& inventory;
  warehouse::WarehouseApi& warehouse;
  const Clock& clock;
};

Task<StockDossier> read_stock(StockSources sources, Call call, SkuId sku);

}  // namespace bramble::ops
