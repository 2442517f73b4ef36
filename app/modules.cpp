#include "app/modules.h"

#include "gateways/ops/ops_module.h"
#include "gateways/storefront/storefront_module.h"
#include "outside/bank/open_bank.h"
#include "outside/sms/open_sms_provider.h"
#include "sandbox/sandbox_module.h"
#include "sandbox/test_methods.h"
#include "services/auth/auth_module.h"
#include "services/cart/cart_module.h"
#include "services/catalog/catalog_module.h"
#include "services/inventory/inventory_module.h"
#include "services/notifications/notifications_module.h"
#include "services/orders/orders_module.h"
#include "services/payments/payments_module.h"
#include "services/pickup/pickup_module.h"
#include "services/security/security_module.h"
#include "services/warehouse/warehouse_module.h"

namespace bramble {
namespace {

std::vector<storefront::PayMethod> practice_methods() {
  std::vector<storefront::PayMethod> methods;
  for (const auto& [name, type, token] : sandbox::test_methods)
    methods.push_back({std::string(name), std::string(type), std::string(token)});
  return methods;
}

}  // namespace

std::vector<Module> all_modules() {
  // The sandbox comes first: the others ask where it is.
  return {sandbox_module(),   auth_module(),
          cart_module(),      catalog_module(),
          inventory_module(), notifications_module(outside::open_sms_provider),
          orders_module(),    payments_module(outside::open_bank),
          pickup_module(),    security_module(),
          warehouse_module(), storefront_module(practice_methods()),
          ops_module()};
}

}  // namespace bramble
