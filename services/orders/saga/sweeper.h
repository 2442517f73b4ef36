// The sweeper wakes orders that nothing else wakes: those whose creation was interrupted, whose time to pay
// is over, or that still have to be cleaned up or answered. It reads only orders whose time to be looked at
// has come.
#pragma once

#include "base/recent.h"
#include "services/orders/checkout/creations.h"

namespace bramble::orders {

class Sweeper {
 public:
  Sweeper(const OrdersEnvironment& environment, Creations& creations)
      : env_(environment), creations_(creations) {}

  // Chores.
  Task<void> sweep(Call call);
  Task<void> drop_old_keys(Call call);

 private:
  struct Look {
    Time next;
    bool wakes;
  };
  Look look_at(const DueOrder& due);

  const OrdersEnvironment& env_;
  Creations& creations_;
  OrderStore store_;
  AnswerStore answers_;
  Recent<OrderId, int> wakings_;  // how often each order was woken
};

}  // namespace bramble::orders
