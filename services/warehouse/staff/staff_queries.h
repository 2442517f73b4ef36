// Requests of staff who look at goods, movements and the work on an order.
#pragma once

#include "ports/database.h"
#include "services/warehouse/store/goods_store.h"
#include "services/warehouse/store/pick_store.h"
#include "services/warehouse/store/warehouse_queries.h"

namespace bramble::warehouse {

class StaffQueries {
 public:
  StaffQueries(Database& database, const GoodsStore& goods, const PickStore& picks)
      : database_(database), goods_(goods), picks_(picks) {}

  Task<ListStockReply> list_stock(Call call, ListStockRequest request);
  Task<ListMovementsReply> list_movements(Call call, ListMovementsRequest request);
  Task<OrderWork> inspect_order(Call call, OrderWorkRequest request);
  Task<FindPackageReply> find_package(Call call, FindPackageRequest request);

 private:
  Database& database_;
  const GoodsStore& goods_;
  const PickStore& picks_;
  WarehouseQueries queries_;
};

}  // namespace bramble::warehouse
