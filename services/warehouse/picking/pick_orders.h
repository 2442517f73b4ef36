// The life of an order in the warehouse: a paid order becomes a pick task at each site, assembly starts with
// the first unit, and it is complete when all tasks are packed and no short pick is undecided; or it is
// cancelled before the first parcel.
#pragma once

#include <map>

#include "ports/clock.h"
#include "ports/database.h"
#include "services/orders/orders.api.h"
#include "services/warehouse/store/goods_store.h"
#include "services/warehouse/store/pick_store.h"

namespace bramble::warehouse {

class PickOrders {
 public:
  PickOrders(Database& database, const Clock& clock, Random& random, const GoodsStore& goods,
             const PickStore& picks)
      : database_(database), clock_(clock), random_(random), goods_(goods), picks_(picks) {}

  Task<CancelPickReply> cancel_pick(Call call, CancelPickRequest request);
  void on_order_paid(Tx& tx, const orders::OrderPaid& event) const;

  // Publishes AssemblyStarted, once.
  void start_assembly(Tx& tx, const OrderId& order) const;
  // Publishes AssemblyComplete if every task is closed and no more will come.
  void complete_if_packed(Tx& tx, const OrderId& order) const;
  // A task for each site that has some of the units.
  void add_tasks(Tx& tx, const OrderId& order, const std::vector<orders::PaidItem>& units) const;

 private:
  CancelPickReply cancel_in(Tx& tx, const OrderId& order) const;
  void add_task(Tx& tx, PickTask task, const std::map<SkuId, std::int64_t>& wanted) const;
  void report_unbacked(Tx& tx, const PickTask& task, std::size_t line) const;

  Database& database_;
  const Clock& clock_;
  Random& random_;
  const GoodsStore& goods_;
  const PickStore& picks_;
};

}  // namespace bramble::warehouse
