// The services that the staff's gateway calls, and the messages of its routes.
#pragma once

#include "gateways/ops/ops.api.h"
#include "services/auth/auth.api.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"
#include "services/notifications/notifications.api.h"
#include "services/orders/orders.api.h"
#include "services/payments/payments.api.h"
#include "services/pickup/pickup.api.h"
#include "services/security/security.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::ops {

struct Services {
  auth::AuthApi& auth;
  catalog::CatalogApi& catalog;
  inventory::InventoryApi& inventory;
  notifications::NotificationsApi& notifications;
  orders::OrdersApi& orders;
  payments::PaymentsApi& payments;
  pickup::PickupApi& pickup;
  security::SecurityApi& security;
  warehouse::WarehouseApi& warehouse;
};

}  // namespace bramble::ops
