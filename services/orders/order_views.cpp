#include "services/orders/order_views.h"

#include <algorithm>

#include "base/error.h"
#include "services/orders/checkout/payment_rules.h"
#include "services/orders/order_access.h"

namespace bramble::orders {

OrderView OrderViews::stored_view(Tx& tx, const Call& call, const OrderId& order) const {
  auto found = store_.find_shown(tx, order);
  check_may_see(call, found.user_id);
  auto view = store_.view(tx, found);
  // Only a short pick gives a unit another status than its order.
  bool some_cancelled = std::any_of(view.items.begin(), view.items.end(),
                                    [&](const OrderLine& line) { return line.status != view.status; });
  if (some_cancelled || view.status == OrderStatus::refunded || view.status == OrderStatus::cancelled) {
    view.refunds = refunds_of(shorts_.of_order(tx, order), view.total.currency);
  }
  return view;
}

Task<OrderView> OrderViews::get(Call call, GetRequest request) {
  auto view = co_await env_.database.read(call, request.order_id.text(),
                                          [&](Tx& tx) { return stored_view(tx, call, request.order_id); });
  try {
    auto point = co_await env_.peers.pickup.get(call, {view.delivery.pickup_point_id});
    view.pickup_point = PickupPlace{std::move(point.title), std::move(point.address), point.lat, point.lon};
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;
  }
  try {
    view.payment = co_await env_.peers.payments.get(call, {request.order_id});
  } catch (const Error& error) {
    // The order was abandoned before its payment started.
    if (error.code != ErrorCode::not_found) throw;
    view.payment.status = payments::PaymentStatus::cancelled;
    view.payment.amount = view.total;
  }
  offer_payment(view, env_.clock.now(), env_.settings.session_margin);
  co_return view;
}

Task<ListReply> OrderViews::list(Call call, ListRequest request) {
  if (call.caller.kind == CallerKind::buyer && call.caller.id != request.user_id.text()) {
    throw Error(ErrorCode::forbidden, "not_yours", "only your own orders can be listed");
  }
  co_return co_await env_.database.read(call, request.user_id.text(), [&](Tx& tx) {
    return ListReply{store_.list(tx, request.user_id, (request.page - 1) * request.limit, request.limit),
                     store_.count(tx, request.user_id)};
  });
}

}  // namespace bramble::orders
