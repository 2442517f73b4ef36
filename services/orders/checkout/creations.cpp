#include "services/orders/checkout/creations.h"

namespace bramble::orders {

bool Creations::is_alive(const Lease& lease) const {
  if (lease.holder == holder_) return is_own(lease.order_id);
  return !env_.settings.alone && env_.clock.now() < lease.until;
}

Task<bool> Creations::is_being_created(Call call, OrderRow order) {
  auto stored = co_await env_.database.read(call, order.order_id.text(), [&](Tx& tx) {
    return answers_.find(tx, order.user_id.text(), create_route, order.idempotency_key);
  });
  co_return stored && stored->lease.order_id == order.order_id&& is_alive(stored->lease);
}

Task<void> Creations::renew_leases(Call call) {
  auto now = env_.clock.now();
  std::vector<std::pair<Creation, Lease>> due;
  for (auto& [order, creation] : creations_) {
    if (now < creation.renewed_at + Duration{env_.settings.lease.us / 4}) continue;
    creation.renewed_at = now;
    due.emplace_back(creation, lease(order, now));
  }
  if (env_.settings.alone || due.empty()) co_return;
  co_await env_.database.transact(call, due.front().second.order_id.text(), [&](Tx& tx) {
    for (const auto& [creation, lease] : due) {
      answers_.renew_lease(tx, creation.user_id.text(), create_route, creation.key, lease);
    }
  });
}

}  // namespace bramble::orders
