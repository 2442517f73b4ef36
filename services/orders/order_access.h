// Who may see an order and who may act on it.
#pragma once

#include "base/call.h"
#include "services/orders/orders.api.h"

namespace bramble::orders {

// Staff with the role support or admin.
bool is_support(const Call& call);

// Throws Error not_found for an order of another buyer, so that nobody learns that it exists.
void check_may_see(const Call& call, const UserId& buyer);

// Lets support, admins and the platform itself pass. Throws Error forbidden.
void check_may_search(const Call& call);

}  // namespace bramble::orders
