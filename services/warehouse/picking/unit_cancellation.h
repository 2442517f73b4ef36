// Cancels units that the buyer does not want any more, while the rest of the order goes on. To orders and
// inventory they are a short pick; their goods stay in their bins, for sale.
#pragma once

#include "ports/database.h"
#include "services/warehouse/picking/pick_orders.h"
#include "services/warehouse/store/goods_store.h"
#include "services/warehouse/store/pick_store.h"

namespace bramble::warehouse {

class UnitCancellation {
 public:
  UnitCancellation(Database& database, const GoodsStore& goods, const PickStore& picks,
                   const PickOrders& orders)
      : database_(database), goods_(goods), picks_(picks), orders_(orders) {}

  Task<StopUnitsReply> stop_units(Call call, StopUnitsRequest request);

 private:
  StopUnitsReply stop_in(Tx& tx, const Call& call, const StopUnitsRequest& request) const;
  void call_off(Tx& tx, const Call& call, PickTask& task, std::size_t at, std::int64_t quantity,
                const std::string& stop_id) const;

  Database& database_;
  const GoodsStore& goods_;
  const PickStore& picks_;
  const PickOrders& orders_;
};

}  // namespace bramble::warehouse
