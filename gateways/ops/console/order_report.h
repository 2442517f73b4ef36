// The report of an order: details from all services and from the message tables.
#pragma once

#include "gateways/ops/console/diagnosis.h"
#include "gateways/ops/ops.api.h"
#include "gateways/ops/parallel_reads.h"
#include "runtime/module.h"
#include "services/auth/auth.api.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"
#include "services/notifications/notifications.api.h"
#include "services/orders/orders.api.h"
#include "services/payments/payments.api.h"
#include "services/pickup/pickup.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::ops {

// The contract's name is public and stays.
using OrderReport = OrderDossier;

struct OrderReportSources {
  orders::OrdersApi& orders;
  payments::PaymentsApi& payments;
  inventory::InventoryApi& inventory;
  warehouse::WarehouseApi& warehouse;
  notifications::NotificationsApi& notifications;
  auth::AuthApi& auth;
  pickup::PickupApi& pickup;
  catalog::CatalogApi& catalog;
  MessageHistories& trails;
  const Clock& clock;
  std::vector<DependencyState> dependencies = {};
};

// Throws Error not_found if the order does not exist. If orders cannot be read, the report holds the rest.
Task<OrderReport> read_order_report(OrderReportSources sources, Call call, OrderId order);

// The diagnosis alone.
Task<OrderDiagnosis> read_diagnosis(OrderReportSources sources, Call call, OrderId order);

}  // namespace bramble::ops
