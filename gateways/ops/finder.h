// What somebody typed, looked for wherever it may stand for something.
#pragma once

#include "gateways/ops/ops.api.h"
#include "gateways/ops/parts.h"
#include "services/catalog/catalog.api.h"
#include "services/orders/orders.api.h"
#include "services/pickup/pickup.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::ops {

struct FinderSources {
  catalog::CatalogApi& catalog;
  orders::OrdersApi& orders;
  pickup::PickupApi& pickup;
  warehouse::WarehouseApi& warehouse;
};

// Orders first, then goods, places last. Who cannot answer is named.
Task<FoundPage> find(FinderSources sources, Call call, FindQuery query);

}  // namespace bramble::ops
