#include "testing/fakes/fake_orders.h"

namespace bramble {

Task<orders::OrderView> FakeOrders::get(Call, orders::GetRequest request) {
  auto guard = trouble.meet("get");
  orders::OrderView view;
  view.order_id = known(request.order_id).order.order_id;
  guard.after();
  co_return view;
}

Task<orders::Inspection> FakeOrders::inspect(Call, orders::GetRequest request) {
  auto guard = trouble.meet("inspect");
  auto inspection = known(request.order_id);
  guard.after();
  co_return inspection;
}

const orders::Inspection& FakeOrders::known(const OrderId& order) const {
  auto found = inspections.find(order);
  if (found == inspections.end())
    throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  return found->second;
}

}  // namespace bramble
