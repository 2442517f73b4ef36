// A worker found fewer goods than the task says. The fact is recorded at once: the units leave the task and
// the bin, and orders decides what becomes of them.
#pragma once

#include "ports/database.h"
#include "services/orders/orders.api.h"
#include "services/warehouse/picking/pick_orders.h"
#include "services/warehouse/picking/task_claims.h"
#include "services/warehouse/store/goods_store.h"
#include "services/warehouse/store/pick_store.h"

namespace bramble::warehouse {

class ShortPickReports {
 public:
  ShortPickReports(Database& database, const GoodsStore& goods, const PickStore& picks,
                   const PickOrders& orders, const TaskClaims& claims)
      : database_(database), goods_(goods), picks_(picks), orders_(orders), claims_(claims) {}

  Task<ShortReply> report_short(Call call, ShortRequest request);
  // Replacements from another site become a task there; nobody waits for the rest.
  void on_short_decided(Tx& tx, const orders::PickShortDecided& event) const;

 private:
  ShortReply report_in(Tx& tx, const Call& call, const ShortRequest& request) const;
  void take_off(Tx& tx, const Call& call, PickTask& task, std::size_t line,
                const ShortRequest& request) const;

  Database& database_;
  const GoodsStore& goods_;
  const PickStore& picks_;
  const PickOrders& orders_;
  const TaskClaims& claims_;
};

}  // namespace bramble::warehouse
