#include "services/orders/order_access.h"

#include "base/error.h"
#include "services/orders/store/order_store.h"

namespace bramble::orders {

bool is_support(const Call& call) {
  const auto& caller = call.caller;
  return caller.kind == CallerKind::staff && (caller.has_role("support") || caller.has_role("admin"));
}

void check_may_see(const Call& call, const UserId& buyer) {
  bool is_own = call.caller.kind == CallerKind::buyer && call.caller.id == buyer.text();
  if (!is_own && !is_support(call) && call.caller.kind != CallerKind::system) throw_order_not_found();
}

void check_may_search(const Call& call) {
  if (!is_support(call) && call.caller.kind != CallerKind::system) {
    throw Error(ErrorCode::forbidden, "not_support", "only support staff may do this");
  }
}

}  // namespace bramble::orders
