#include "services/orders/saga/fulfilment.h"

namespace bramble::orders {

void Fulfilment::on_assembly_started(Tx& tx, const warehouse::AssemblyStarted& event) {
  move_forward(tx, event.order_id, OrderStatus::assembling);
}

void Fulfilment::on_assembly_complete(Tx& tx, const warehouse::AssemblyComplete& event) {
  move_forward(tx, event.order_id, OrderStatus::ready_to_ship);
}

// Events may come late or twice: only a declared edge is taken.
void Fulfilment::move_forward(Tx& tx, const OrderId& order, OrderStatus to) {
  auto found = store_.find(tx, order);
  if (!found || !may_become(found->status, to)) return;
  store_.move(tx, *found, to);
  if (found->cancel_requested && !is_cancellable(to)) closing_.refuse_cancel(tx, *found);
}

}  // namespace bramble::orders
