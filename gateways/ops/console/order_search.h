// Search for orders: by order, payment, parcel or buyer; and orders that do not move.
#pragma once

#include "gateways/ops/console/order_report.h"
#include "services/auth/auth.api.h"

namespace bramble::ops {

Task<OrderPage> search_orders(OrderReportSources sources, auth::AuthApi& auth, Call call,
                              OrderSearchQuery query);
Task<HangingPage> hanging_orders(OrderReportSources sources, Call call, HangingQuery query);

}  // namespace bramble::ops
