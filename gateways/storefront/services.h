// The services that the storefront calls. It owns no data.
#pragma once

#include "services/auth/auth.api.h"
#include "services/cart/cart.api.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"
#include "services/notifications/notifications.api.h"
#include "services/orders/orders.api.h"
#include "services/payments/payments.api.h"
#include "services/pickup/pickup.api.h"

namespace bramble::storefront {

struct Services {
  auth::AuthApi& auth;
  cart::CartApi& cart;
  catalog::CatalogApi& catalog;
  inventory::InventoryApi& inventory;
  notifications::NotificationsApi& notifications;
  orders::OrdersApi& orders;
  payments::PaymentsApi& payments;
  pickup::PickupApi& pickup;
};

}  // namespace bramble::storefront
