#include "services/orders/orders_module.h"

#include "orders_schema.h"
#include "services/orders/orders_service.h"

namespace bramble {
namespace {

// The listener below usually has the order paid before this time is over. The stored event is delivered after
// it, finds the order paid and schedules no job: one transaction less for each order.
constexpr Duration listener_head_start = milliseconds(60);

orders::OrdersSettings settings(ModuleHost& host) {
  orders::OrdersSettings settings;
  settings.hold = milliseconds(host.setting("hold_ms", 900'000, 500, 86'400'000));
  settings.session_margin = milliseconds(host.setting("session_margin_ms", 60'000, 0, 3'600'000));
  settings.lease = milliseconds(host.setting("creation_lease_ms", 5'000, 1'000, 60'000));
  settings.unpaid.orders = host.setting("most_unpaid_orders", 5, 1, 1'000'000);
  settings.unpaid.units = host.setting("most_unpaid_units", 300, 200, 1'000'000'000);
  // SQLite's files are locked by one process.
  settings.alone = host.database().dialect() == Dialect::sqlite;
  return settings;
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
    auto* orders = service.get();
    host.serve<orders::OrdersApi>(service);
    host.consume<payments::PaymentAuthorised>(
        [=](Tx& tx, const auto& event) { orders->on_payment_authorised(tx, event); }, nullptr,
        listener_head_start);
    host.consume<payments::PaymentCaptured>(
        [=](Tx& tx, const auto& event) { orders->on_payment_captured(tx, event); });
    host.consume<payments::PaymentDeclined>(
        [=](Tx& tx, const auto& event) { orders->on_payment_declined(tx, event); });
    host.consume<payments::PaymentRefunded>(
        [=](Tx& tx, const auto& event) { orders->on_payment_refunded(tx, event); });
    host.consume<inventory::HoldExpired>(
        [=](Tx& tx, const auto& event) { orders->on_hold_expired(tx, event); });
    host.consume<warehouse::AssemblyStarted>(
        [=](Tx& tx, const auto& event) { orders->on_assembly_started(tx, event); });
    host.consume<warehouse::AssemblyComplete>(
        [=](Tx& tx, const auto& event) { orders->on_assembly_complete(tx, event); });
    host.consume<warehouse::PickShort>([=](Tx& tx, const auto& event) { orders->on_pick_short(tx, event); });
    host.watch<payments::PaymentAuthorised>([orders, executor = host.executor(), &clock = host.clock()](
                                                const payments::PaymentAuthorised& event) {
      auto call = system_call("orders", clock.now() + seconds(10));
      spawn(executor, orders->advance_authorised_now(std::move(call), event.order_id), nullptr);
    });
    host.on_job<orders::AdvanceOrder>([=](Call call, orders::AdvanceOrder job) {
      return orders->advance(std::move(call), std::move(job));
    });
    host.on_job<orders::SettleShorts>([=](Call call, orders::SettleShorts job) {
      return orders->settle_shorts(std::move(call), std::move(job));
    });
    host.on_job<orders::FinishStaffActions>([=](Call call, orders::FinishStaffActions job) {
      return orders->finish_staff_actions(std::move(call), std::move(job));
    });
    host.repeat("renew-leases", seconds(1), [=](Call call) { return orders->renew_leases(std::move(call)); });
    host.repeat("sweep", seconds(1), [=](Call call) { return orders->sweep(std::move(call)); });
    host.repeat("drop-old-keys", seconds(5),
                [=](Call call) { return orders->drop_old_keys(std::move(call)); });
    return service;
  };
  return module;
}

}  // namespace bramble
