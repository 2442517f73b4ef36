// Events of the warehouse move a paid order forward.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class Fulfilling : public OrdersFixture {};

TEST_F(Fulfilling, MovesAnOrderForwardAndNeverBack) {  // I17
  auto order = create_paid();
  on_assembly_started(order);
  EXPECT_EQ(status(order), assembling);
  on_assembly_complete(order);
  on_assembly_started(order);
  on_assembly_complete(order);
  EXPECT_EQ(status(order), ready_to_ship);
  on_declined(order);
  on_hold_expired(order);
  on_authorised(order);
  on_captured(order);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), ready_to_ship);
  EXPECT_EQ(history(order), (std::vector<OrderStatus>{pending_payment, paid, assembling, ready_to_ship}));
  check_orders();
}

TEST_F(Fulfilling, MovesNoOrderThatIsNotPaid) {
  auto order = create_with(Pay::requires_action);
  on_assembly_started(order);
  on_assembly_complete(order);
  EXPECT_EQ(status(order), pending_payment);
}

}  // namespace
}  // namespace bramble::orders
