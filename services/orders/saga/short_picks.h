// What happens to units that a warehouse did not find, in a fixed order: they come from another site,
// otherwise they are cancelled and refunded, and the order goes on with the rest.
#pragma once

#include "services/orders/saga/order_closing.h"
#include "services/orders/store/short_store.h"

namespace bramble::orders {

class ShortPicks {
 public:
  ShortPicks(const OrdersEnvironment& environment, OrderClosing& closing)
      : env_(environment), closing_(closing) {}

  void on_pick_short(Tx& tx, const warehouse::PickShort& event);
  // The job. Each step is safe to repeat, and its result is saved before the next.
  Task<void> settle(Call call, SettleShorts job);

 private:
  Task<ShortPick> decide(Call call, ShortPick pick);
  ShortPick decide_in(Tx& tx, ShortPick pick, const std::vector<inventory::Placement>& placements);
  void publish_decision(Tx& tx, const OrderRow& order, const ShortPick& pick, Money replaced) const;
  Task<void> refund(Call call, ShortPick pick);

  const OrdersEnvironment& env_;
  OrderClosing& closing_;
  OrderStore store_;
  ShortStore shorts_;
};

}  // namespace bramble::orders
