// Search in orders, goods, sites and pickup points for a typed or scanned text.
#pragma once

#include "gateways/ops/ops.api.h"
#include "gateways/ops/parallel_reads.h"
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

// Orders come first, then goods, sites and points. Services that fail are named.
Task<FoundPage> find(FinderSources sources, Call call, FindQuery query);

}  // namespace bramble::ops
