#include "testing/fakes/fake_orders.h"

namespace bramble {

Task<orders::OrderView> FakeOrders::get(Call, orders::GetRequest request) {
  auto guard = trouble.meet("get");
  orders::OrderView view;
  view.order_id = known(request.order_id).order.order_id;
  guard.after();
  co_return view;
}

Task<orders::OrderDetails> FakeOrders::get_order_details(Call, orders::GetRequest request) {
  auto guard = trouble.meet("get_order_details");
  auto found = known(request.order_id);
  guard.after();
  co_return found;
}

const orders::OrderDetails& FakeOrders::known(const OrderId& order) const {
  auto found = details.find(order);
  if (found == details.end()) throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  return found->second;
}

}  // namespace bramble
