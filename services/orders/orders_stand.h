// Orders on a database of a test's own among fakes of its peers, and what its tests repeat.
#pragma once

#include "orders_schema.h"
#include "services/orders/orders_service.h"
#include "testing/fakes/fake_catalog.h"
#include "testing/fakes/fake_inventory.h"
#include "testing/fakes/fake_payments.h"
#include "testing/fakes/fake_pickup.h"
#include "testing/fakes/fake_warehouse.h"
#include "testing/service/service_database.h"

namespace bramble::orders {

class OrdersStand : public testing::Test {
 public:
  using Pay = payments::PaymentStatus;
  using When = Trouble::When;

  OrdersStand() {
    catalog.put("sku_shoe", 199'900);
    catalog.put("sku_sock", 19'900);
    inventory.available[shoe] = 10;
    inventory.available[sock] = 10;
  }

  Call buyer(const std::string& user = "usr_1") {
    auto call = database.call;
    call.caller = {CallerKind::buyer, user, {}, ""};
    return call;
  }
  CreateRequest request(const std::string& key, std::int64_t shoes = 1, std::int64_t socks = 0) {
    CreateRequest request;
    request.user_id = UserId("usr_1");
    request.idempotency_key = key;
    request.idempotency_digest = "digest of " + std::to_string(shoes) + "/" + std::to_string(socks);
    if (shoes > 0) request.items.push_back({shoe, shoes, std::nullopt});
    if (socks > 0) request.items.push_back({sock, socks, std::nullopt});
    request.delivery = {"pickup", PickupPointId("pp_1")};
    request.payment_method = {"card", "tok_ok"};
    request.return_url = "http://shop/return";
    return request;
  }
  CreateReply create(CreateRequest wanted) { return run_sync(orders.create(buyer(), std::move(wanted))); }
  // An order whose payment stands as given, and nothing has been driven on yet.
  OrderId create_with(Pay status, std::int64_t shoes = 1) {
    payments.next_status = status;
    return create(request("key-" + std::to_string(++keys), shoes)).order->order_id;
  }
  OrderId create_paid(std::int64_t shoes = 1) {
    auto order = create_with(Pay::authorised, shoes);
    run_jobs();
    EXPECT_EQ(status(order), OrderStatus::paid);
    return order;
  }
  CancelReply cancel(const OrderId& order, const std::string& key = "") {
    return run_sync(orders.cancel(buyer(), {order, key, "cancel"}));
  }

  OrderView view(const OrderId& order) { return run_sync(orders.get(buyer(), {order})); }
  OrderStatus status(const OrderId& order) { return view(order).status; }
  std::vector<OrderStatus> history(const OrderId& order) {
    std::vector<OrderStatus> found;
    for (const auto& change : view(order).history) found.push_back(change.status);
    return found;
  }
  FakeInventory::State hold(const OrderId& order) { return inventory.holds[order].state; }
  FakePayments::Account& account(const OrderId& order) { return payments.known(order); }

  void on_authorised(const OrderId& order) {
    database.transact([&](Tx& tx) { orders.on_payment_authorised(tx, {order, PaymentId("pay_1")}); });
    database.clock.advance(OrdersSettings{}.second_look);
  }
  void on_captured(const OrderId& order, bool late = false) {
    database.transact([&](Tx& tx) { orders.on_payment_captured(tx, {order, PaymentId("pay_1"), late}); });
  }
  void on_declined(const OrderId& order) {
    account(order).payment.status = Pay::declined;
    database.transact([&](Tx& tx) {
      orders.on_payment_declined(tx, {order, PaymentId("pay_1"), "3ds_failed"});
    });
  }
  void on_hold_expired(const OrderId& order) {
    database.transact([&](Tx& tx) { orders.on_hold_expired(tx, {order}); });
  }
  // Its time to pay is over, and its end is decided. Whatever a closed order still holds is not let go yet.
  void end_time_of(const OrderId& order) {
    auto end = view(order).expires_at;
    if (database.clock.now() < end) database.clock.advance(end - database.clock.now());
    run_sync(orders.advance(database.call, {order}));
  }
  void on_assembly_started(const OrderId& order) {
    database.transact([&](Tx& tx) { orders.on_assembly_started(tx, {order}); });
  }
  void on_assembly_complete(const OrderId& order) {
    database.transact([&](Tx& tx) { orders.on_assembly_complete(tx, {order, {"PKG-1"}}); });
  }
  void on_pick_short(const OrderId& order, const std::string& short_id, std::int64_t quantity,
                     const SiteId& site = SiteId("site_1")) {
    database.transact([&](Tx& tx) {
      orders.on_pick_short(tx, {order, short_id, TaskId("tsk_1"), site, shoe, quantity,
                                warehouse::ShortReason::not_found, tx.now()});
    });
  }
  // The bank has given back what was asked for by these keys.
  void on_refunded(const OrderId& order, const std::vector<std::string>& keys, bool in_full = false) {
    database.transact([&](Tx& tx) {
      orders.on_payment_refunded(tx, {order, PaymentId("pay_1"), Money{1, "RUB"}, keys, in_full});
    });
  }
  // The refund's job and its event, if one was wished.
  bool give_back(const OrderId& order) {
    if (!payments.give_back(order)) return false;
    database.transact([&](Tx& tx) {
      orders.on_payment_refunded(tx, {order, PaymentId("pay_1"), account(order).payment.amount, {}, true});
    });
    return true;
  }

  // Runs the jobs whose time has come; those that fail come again a second later. The number of failures.
  int run_jobs() {
    database.clock.advance(OrdersSettings().second_look);
    return run_jobs_of<SettleShorts>(
               [&](SettleShorts job) { return orders.settle_shorts(database.call, job); }) +
           run_jobs_of<AdvanceOrder>([&](AdvanceOrder job) { return orders.advance(database.call, job); }) +
           run_jobs_of<FinishStaffActions>(
               [&](FinishStaffActions job) { return orders.finish_staff_actions(database.call, job); });
  }
  template <class Job, class Run>
  int run_jobs_of(Run run) {
    int failures = 0;
    std::vector<Job> again;
    while (auto job = database.take_job<Job>()) {
      try {
        run_sync(run(*job));
      } catch (const Error&) {
        ++failures;
        again.push_back(*job);
      }
    }
    database.transact([&](Tx& tx) {
      for (const auto& job : again) tx.schedule(job, tx.now() + seconds(1));
    });
    return failures;
  }
  void sweep() { run_sync(orders.sweep(database.call)); }

  // I17: only declared edges, the version counts them, and the last of the history is the status.
  // I13: the total is the sum of the items.
  void check_orders() {
    database.transact([&](Tx& tx) {
      for (auto row : tx.query("SELECT order_id, status, version FROM purchase")) {
        auto status = OrderStatus::new_;
        std::int64_t version = 0;
        for (auto step : tx.query("SELECT version, status FROM history WHERE order_id = $1 ORDER BY version",
                                  row.get<OrderId>(0))) {
          EXPECT_EQ(step.get<std::int64_t>(0), ++version);
          EXPECT_TRUE(may_become(status, step.get<OrderStatus>(1)));
          status = step.get<OrderStatus>(1);
        }
        EXPECT_EQ(status, row.get<OrderStatus>(1));
        EXPECT_EQ(version, row.get<std::int64_t>(2));
      }
      EXPECT_EQ(tx.query("SELECT order_id FROM purchase WHERE total_minor <>"
                         " (SELECT SUM(price_minor) FROM item WHERE item.order_id = purchase.order_id)")
                    .size(),
                0u);
      // A unit has its order's status, unless a short pick has cancelled it.
      EXPECT_EQ(tx.query("SELECT item_id FROM item JOIN purchase ON purchase.order_id = item.order_id WHERE"
                         " (short_id IS NULL AND item.status <> purchase.status) OR"
                         " (short_id IS NOT NULL AND item.status NOT IN (8, 10))")
                    .size(),
                0u);
    });
  }

  const SkuId shoe{"sku_shoe"};
  const SkuId sock{"sku_sock"};
  int keys = 0;
  ServiceDatabase database{orders_migrations()};
  FakeCatalog catalog;
  FakeInventory inventory;
  FakePayments payments;
  FakePickup pickup;
  FakeWarehouse warehouse;
  OrdersService orders{
      *database, {catalog, inventory, payments, pickup, warehouse}, database.clock, database.random, {}};
};

}  // namespace bramble::orders
