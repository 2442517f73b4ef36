// The order store.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class Storing : public OrdersFixture {};

TEST_F(Storing, MovesAnOrderAlongEdgesOnlyAndOnlyOnce) {  // I17
  auto order = create_with(Pay::requires_action);
  OrderStore store;
  auto step = [&](auto work) { database.transact([&](Tx& tx) { work(tx); }); };
  EXPECT_THROW(step([&](Tx& tx) {
                 auto found = store.find(tx, order);
                 store.move(tx, *found, delivered);
               }),
               Error);
  // The second one gets a conflict and may read again.
  database.transact([&](Tx& tx) {
    auto found = store.find(tx, order);
    auto stale = *found;
    store.move(tx, *found, paid);
    try {
      store.move(tx, stale, cancelled);
      ADD_FAILURE() << "a stale order was moved";
    } catch (const Error& error) {
      EXPECT_EQ(error.reason, "order_moved");
    }
  });
  EXPECT_EQ(status(order), paid);
  check_orders();
}

}  // namespace
}  // namespace bramble::orders
