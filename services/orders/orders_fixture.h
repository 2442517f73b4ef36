// Orders on its own test database with fakes of its peers, and what its tests repeat.
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

class OrdersFixture : public testing::Test {
 public:
  using Pay = payments::PaymentStatus;
  using When = Trouble::When;

  OrdersFixture();

  Call buyer(const std::string& user = "usr_1");
  CreateRequest request(const std::string& key, std::int64_t shoes = 1, std::int64_t socks = 0);
  CreateReply create(CreateRequest wanted);
  // An order whose payment has the given status. No job has run yet.
  OrderId create_with(Pay status, std::int64_t shoes = 1);
  OrderId create_paid(std::int64_t shoes = 1);
  CancelReply cancel(const OrderId& order, const std::string& key = "");

  OrderView view(const OrderId& order);
  OrderStatus status(const OrderId& order) { return view(order).status; }
  std::vector<OrderStatus> history(const OrderId& order);
  FakeInventory::State hold(const OrderId& order) { return inventory.holds[order].state; }
  FakePayments::Account& account(const OrderId& order) { return payments.known(order); }

  void on_authorised(const OrderId& order);
  void on_captured(const OrderId& order, bool late = false);
  void on_declined(const OrderId& order);
  void on_hold_expired(const OrderId& order);
  // The time to pay is over and the order has been advanced once. What it holds is not released yet.
  void end_time_of(const OrderId& order);
  void on_assembly_started(const OrderId& order);
  void on_assembly_complete(const OrderId& order);
  void on_pick_short(const OrderId& order, const std::string& short_id, std::int64_t quantity,
                     const SiteId& site = SiteId("site_1"));
  // The bank has made the refunds with these keys.
  void on_refunded(const OrderId& order, const std::vector<std::string>& keys, bool in_full = false);
  // Runs the refund's job and its event. False: no refund was requested.
  bool give_back(const OrderId& order);

  // Runs the due jobs and returns the number of failures. Failed jobs are due again a second later.
  int run_jobs();
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
  void sweep();

  // I17: declared edges only; the version counts them; the last entry of the history is the status.
  // I13: the total is the sum of the items.
  void check_orders();

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
