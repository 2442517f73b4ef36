// Which orders are being created right now, and by whom. A process keeps its own creations in memory; a lease
// in the store tells other processes that it is alive.
#pragma once

#include "services/orders/orders_environment.h"
#include "services/orders/store/answer_store.h"
#include "services/orders/store/order_store.h"

namespace bramble::orders {

class Creations {
 public:
  explicit Creations(const OrdersEnvironment& environment)
      : env_(environment), holder_(std::to_string(environment.random.entropy().low)) {}

  bool is_own(const OrderId& order) const { return creations_.contains(order); }
  // Whether the request that holds the lease is still running, as far as this process can know.
  bool is_alive(const Lease& lease) const;
  Task<bool> is_being_created(Call call, OrderRow order);

  Lease lease(const OrderId& order, Time now) const { return {order, holder_, now + env_.settings.lease}; }
  // Renews the leases of this process.
  Task<void> renew_leases(Call call);

 private:
  friend class CreationGuard;

  struct Creation {
    UserId user_id;
    std::string key;
    Time renewed_at;
  };

  const OrdersEnvironment& env_;
  AnswerStore answers_;
  const std::string holder_;  // names this process among all, also those before it
  std::map<OrderId, Creation> creations_;
};

// The order counts as being created by this process while the guard lives.
class CreationGuard {
 public:
  CreationGuard(Creations& creations, OrderId order, const CreateRequest& request)
      : creations_(creations), order_(std::move(order)) {
    creations_.creations_[order_] = {request.user_id, request.idempotency_key, creations_.env_.clock.now()};
  }
  ~CreationGuard() { creations_.creations_.erase(order_); }
  CreationGuard(const CreationGuard&) = delete;

 private:
  Creations& creations_;
  OrderId order_;
};

}  // namespace bramble::orders
