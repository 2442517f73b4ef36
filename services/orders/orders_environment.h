// What the classes of orders work with: the database, the services that orders calls, time, randomness and
// settings.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"
#include "services/orders/order_rules.h"
#include "services/payments/payments.api.h"
#include "services/pickup/pickup.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::orders {

struct OrdersSettings {
  Duration hold = minutes(15);
  // The bank's page closes this long before the hold ends.
  Duration session_margin = minutes(1);
  // Another process that creates an order counts as alive for this long after its last sign of life.
  Duration lease = seconds(5);
  // No other process uses these stores: what a dead process began is over at once.
  bool alone = false;
  UnpaidLimits unpaid;
  // The hold outlives the time to pay by this long: meanwhile the bank is asked how the payment ended.
  Duration hold_grace = minutes(1);
  // After an authorised payment the job looks this much later whether the order has advanced.
  Duration second_look = milliseconds(500);
};

struct OrdersPeers {
  catalog::CatalogApi& catalog;
  inventory::InventoryApi& inventory;
  payments::PaymentsApi& payments;
  pickup::PickupApi& pickup;
  warehouse::WarehouseApi& warehouse;
};

struct OrdersEnvironment {
  Database& database;
  OrdersPeers peers;
  const Clock& clock;
  Random& random;
  OrdersSettings settings;
};

}  // namespace bramble::orders
