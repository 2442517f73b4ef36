// The warehouse assembles a paid order: its events move the order from PAID to READY_TO_SHIP.
#pragma once

#include "services/orders/saga/order_closing.h"

namespace bramble::orders {

class Fulfilment {
 public:
  explicit Fulfilment(OrderClosing& closing) : closing_(closing) {}

  void on_assembly_started(Tx& tx, const warehouse::AssemblyStarted& event);
  void on_assembly_complete(Tx& tx, const warehouse::AssemblyComplete& event);

 private:
  void move_forward(Tx& tx, const OrderId& order, OrderStatus to);

  OrderClosing& closing_;
  OrderStore store_;
};

}  // namespace bramble::orders
