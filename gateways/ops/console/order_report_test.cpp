#include "gateways/ops/console/order_report.h"

#include <gtest/gtest.h>

#include "testing/clock.h"
#include "testing/fakes/fake_auth.h"
#include "testing/fakes/fake_catalog.h"
#include "testing/fakes/fake_inventory.h"
#include "testing/fakes/fake_notifications.h"
#include "testing/fakes/fake_orders.h"
#include "testing/fakes/fake_payments.h"
#include "testing/fakes/fake_pickup.h"
#include "testing/fakes/fake_warehouse.h"
#include "testing/run.h"

namespace bramble::ops {
namespace {

class FakeTrails final : public MessageHistories {
 public:
  Task<MessageHistory> find(Call, std::string, std::vector<std::string> job_keys,
                            std::vector<TimeSpan> asked) override {
    keys = std::move(job_keys);
    spans = std::move(asked);
    co_return trail;
  }
  MessageHistory trail;
  std::vector<std::string> keys;
  std::vector<TimeSpan> spans;
};

class OrderReportTest : public testing::Test {
 public:
  using When = Trouble::When;

  OrderReportTest() {
    auto& inspection = orders.details[id];
    inspection.order.order_id = id;
    inspection.order.user_id = UserId("usr_1");
    inspection.order.status = orders::OrderStatus::pending_payment;
    inspection.order.created_at = inspection.order.changed_at = clock.now();
    inspection.expires_at = clock.now() + minutes(15);
    payments::Attempt attempt;
    attempt.payment.payment_id = PaymentId("pay_1");
    attempt.payment.status = payments::PaymentStatus::requires_action;
    attempt.created_at = attempt.updated_at = clock.now();
    payments.order_payments.attempts.push_back(attempt);
    inventory.rows.push_back(
        {id, 1, inventory::HoldState::held, 1, clock.now() + minutes(15), clock.now(), {}});
  }

  OrderReport read() { return run_sync(read_order_report(sources, call, id)); }
  std::vector<std::string> missing(const OrderReport& report) {
    std::vector<std::string> parts;
    for (const auto& part : report.missing) parts.push_back(part.part);
    return parts;
  }

  const OrderId id{"ord_1"};
  TestClock clock;
  Call call = system_call("test", Time{INT64_MAX});
  FakeOrders orders;
  FakePayments payments;
  FakeInventory inventory;
  FakeWarehouse warehouse;
  FakeNotifications notifications;
  FakeTrails trails;
  FakeAuth auth;
  FakePickup pickup;
  FakeCatalog catalog;
  OrderReportSources sources{orders, payments, inventory, warehouse, notifications,
                             auth,   pickup,   catalog,   trails,    clock};
};

TEST_F(OrderReportTest, NamesWhatItHasIdsOf) {
  catalog.put("sku_1", 100);
  auth.names[UserId("usr_vera")] = "vera";
  auto& inspection = orders.details[id];
  inspection.units.emplace_back().sku_id = SkuId("sku_1");
  inspection.delivery.pickup_point_id = PickupPointId("pp_1");
  warehouse.work.movements.emplace_back().by_whom = "usr_vera";
  const std::map<std::string, std::string> names{{"sku_1", "Title of sku_1, 42"},
                                                 {"usr_vera", "vera"},
                                                 {"pp_1", "A point, A street"},
                                                 {"site_1", "A site"}};
  EXPECT_EQ(read().names, names);
  catalog.trouble.next("get_skus", Trouble::When::before);
  EXPECT_FALSE(read().names.contains("sku_1"));
}

TEST_F(OrderReportTest, HoldsEverythingAndWhatItWaitsFor) {
  auto report = read();
  EXPECT_TRUE(report.missing.empty());
  EXPECT_EQ(report.verdict.waits_for, WaitsFor::buyer);
  EXPECT_EQ(report.money.attempts.size(), 1u);
  EXPECT_EQ(report.holds.size(), 1u);
  EXPECT_EQ(trails.keys, (std::vector<std::string>{"ord_1", "pay_1"}));
  ASSERT_EQ(trails.spans.size(), 1u);  // all of it happened at once
  EXPECT_LT(trails.spans[0].from, clock.now());
  EXPECT_GT(trails.spans[0].until, clock.now());
}

TEST_F(OrderReportTest, OnePartInTroubleDoesNotHideTheOthers) {
  payments.trouble.next("get_order_payments", When::before);
  warehouse.trouble.next("inspect_order", When::before);
  notifications.trouble.next("order_notices", When::before);
  auto report = read();
  EXPECT_EQ(missing(report), (std::vector<std::string>{"payments", "warehouse", "notices"}));
  EXPECT_EQ(report.holds.size(), 1u);
  EXPECT_EQ(report.inspection.order.order_id, id);
  EXPECT_EQ(report.verdict.waits_for, WaitsFor::unknown);
}

TEST_F(OrderReportTest, WithOrdersItselfInTroubleTheRestIsShown) {
  orders.trouble.next("get_order_details", When::before);
  auto report = read();
  EXPECT_EQ(missing(report), std::vector<std::string>{"order"});
  EXPECT_EQ(report.money.attempts.size(), 1u);
  EXPECT_EQ(report.verdict.waits_for, WaitsFor::unknown);
}

TEST_F(OrderReportTest, OfAnOrderThatIsNotThereIsNotFound) {
  orders.details.clear();
  try {
    read();
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code, ErrorCode::not_found);
  }
}

TEST_F(OrderReportTest, MessagesAreShownWithTheirContentsAndWhoHasThem) {
  orders::OrderPaid paid{id, UserId("usr_1"), {}, clock.now()};
  HistoryEvent event{"orders", 7, "evt_1", std::string(orders::OrderPaid::type), "ord_1"};
  event.payload = paid.encode();
  event.created_at = clock.now();
  event.receipts = {{"warehouse", EventReceipt::State::taken, clock.now()}, {"inventory"}};
  HistoryEvent secret{"auth", 8, "evt_2", "auth.SomethingSecret", "ord_1"};
  secret.payload = "hidden";
  trails.trail.events = {event, secret};
  trails.trail.jobs.push_back({"orders", "job_1", std::string(orders::AdvanceOrder::type), "ord_1"});
  trails.trail.unread = {"catalog"};
  auto report = read();
  ASSERT_EQ(report.events.size(), 2u);
  EXPECT_NE(report.events[0].payload.find("usr_1"), std::string::npos);
  EXPECT_TRUE(report.events[1].payload.empty());
  EXPECT_EQ(report.events[0].receipts[0].state, ReceiptState::taken);
  EXPECT_TRUE(report.events[0].receipts[0].at);
  EXPECT_FALSE(report.events[0].receipts[1].at);
  EXPECT_EQ(report.jobs.size(), 1u);
  EXPECT_EQ(missing(report), std::vector<std::string>{"messages"});
}

}  // namespace
}  // namespace bramble::ops
