// An order's whole story, put together of what the services and the message tables tell.
#pragma once

#include "gateways/ops/ops.api.h"
#include "gateways/ops/parts.h"
#include "gateways/ops/verdict.h"
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

struct DossierSources {
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

// Throws Error not_found if there is no such order; with orders itself in trouble the rest is told.
Task<OrderDossier> read_dossier(DossierSources sources, Call call, OrderId order);

// The verdict alone.
Task<Verdict> read_verdict(DossierSources sources, Call call, OrderId order);

}  // namespace bramble::ops
