#include "services/orders/orders_module.h"

#include "orders_schema.h"
#include "services/orders/orders_service.h"

namespace bramble {
namespace {

// The listener of the same event usually advances the order before the stored event arrives.
constexpr Duration listener_first = milliseconds(60);

orders::OrdersSettings settings(ModuleHost& host) {
  orders::OrdersSettings settings;
  settings.hold = milliseconds(host.setting("hold_ms", 900'000, 500, 86'400'000));
  settings.session_margin = milliseconds(host.setting("session_margin_ms", 60'000, 0, 3'600'000));
  settings.lease = milliseconds(host.setting("creation_lease_ms", 5'000, 1'000, 60'000));
  settings.unpaid.orders = host.setting("most_unpaid_orders", 5, 1, 1'000'000);
  settings.unpaid.units = host.setting("most_unpaid_units", 300, 200, 1'000'000'000);
  // One process locks the files of SQLite.
  settings.alone = host.database().dialect() == Dialect::sqlite;
  return settings;
}

void consume_events(ModuleHost& host, orders::OrdersStories& stories) {
  host.consume<payments::PaymentAuthorised>(
      [&](Tx& tx, const auto& event) { stories.saga.on_payment_authorised(tx, event); }, nullptr,
      listener_first);
  host.consume<payments::PaymentCaptured>(
      [&](Tx& tx, const auto& event) { stories.saga.on_payment_captured(tx, event); });
  host.consume<payments::PaymentDeclined>(
      [&](Tx& tx, const auto& event) { stories.saga.on_payment_declined(tx, event); });
  host.consume<payments::PaymentRefunded>(
      [&](Tx& tx, const auto& event) { stories.refunds.on_payment_refunded(tx, event); });
  host.consume<inventory::HoldExpired>(
      [&](Tx& tx, const auto& event) { stories.saga.on_hold_expired(tx, event); });
  host.consume<warehouse::AssemblyStarted>(
      [&](Tx& tx, const auto& event) { stories.fulfilment.on_assembly_started(tx, event); });
  host.consume<warehouse::AssemblyComplete>(
      [&](Tx& tx, const auto& event) { stories.fulfilment.on_assembly_complete(tx, event); });
  host.consume<warehouse::PickShort>(
      [&](Tx& tx, const auto& event) { stories.short_picks.on_pick_short(tx, event); });
  host.watch<payments::PaymentAuthorised>([&stories, executor = host.executor(),
                                           &clock = host.clock()](const payments::PaymentAuthorised& event) {
    auto call = system_call("orders", clock.now() + seconds(10));
    spawn(executor, stories.saga.advance_authorised_now(std::move(call), event.order_id), nullptr);
  });
}

void run_jobs_and_chores(ModuleHost& host, orders::OrdersStories& stories) {
  host.on_job<orders::AdvanceOrder>([&](Call call, orders::AdvanceOrder job) {
    return stories.saga.advance(std::move(call), std::move(job));
  });
  host.on_job<orders::SettleShorts>([&](Call call, orders::SettleShorts job) {
    return stories.short_picks.settle(std::move(call), std::move(job));
  });
  host.on_job<orders::FinishStaffActions>([&](Call call, orders::FinishStaffActions job) {
    return stories.staff_actions.finish(std::move(call), std::move(job));
  });
  host.repeat("renew-leases", seconds(1),
              [&](Call call) { return stories.creations.renew_leases(std::move(call)); });
  host.repeat("sweep", seconds(1), [&](Call call) { return stories.sweeper.sweep(std::move(call)); });
  host.repeat("drop-old-keys", seconds(5),
              [&](Call call) { return stories.sweeper.drop_old_keys(std::move(call)); });
}

}  // namespace

Module orders_module() {
  Module module{.name = "orders",
                .calls = {"catalog", "inventory", "payments", "pickup", "warehouse"},
                .migrations = orders_migrations(),
                .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    orders::OrdersPeers peers{host.api<catalog::CatalogApi>(), host.api<inventory::InventoryApi>(),
                              host.api<payments::PaymentsApi>(), host.api<pickup::PickupApi>(),
                              host.api<warehouse::WarehouseApi>()};
    auto service = std::make_shared<orders::OrdersService>(host.database(), peers, host.clock(),
                                                           host.random(), settings(host));
    host.serve<orders::OrdersApi>(service);
    consume_events(host, service->stories());
    run_jobs_and_chores(host, service->stories());
    return service;
  };
  return module;
}

}  // namespace bramble
