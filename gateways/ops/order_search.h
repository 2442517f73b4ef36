// Finding orders: by what somebody has in hand, or because they hang.
#pragma once

#include "gateways/ops/order_dossier.h"
#include "services/auth/auth.api.h"

namespace bramble::ops {

Task<OrderPage> search_orders(DossierSources sources, auth::AuthApi& auth, Call call, OrderSearchQuery query);
Task<HangingPage> hanging_orders(DossierSources sources, Call call, HangingQuery query);

}  // namespace bramble::ops
