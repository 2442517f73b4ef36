#include "gateways/storefront/orders/order_routes.h"

#include "gateways/edge/paging.h"
#include "gateways/edge/problem.h"

namespace bramble::storefront {
namespace {

using edge::Problem;

}  // namespace

Task<OrdersPage> OrderRoutes::list_orders(edge::HttpCall& http, OrdersQuery request) {
  OrdersPage page;
  page.page = request.page.value_or(1);
  page.limit = request.limit.value_or(edge::usual_limit);
  auto found = co_await orders_.list(http.call, {UserId(http.call.caller.id), page.page, page.limit});
  page.items = std::move(found.items);
  page.total = found.total;
  co_return page;
}

Task<orders::OrderView> OrderRoutes::get_order(edge::HttpCall& http, OrderQuery request) {
  co_return co_await orders_.get(http.call, {request.order_id});
}

Task<orders::OrderView> OrderRoutes::cancel_order(edge::HttpCall& http, OrderQuery request) {
  auto reply =
      co_await orders_.cancel(http.call, {request.order_id, http.idempotency_key, http.idempotency_digest});
  if (reply.replayed) http.headers.add("Idempotent-Replayed", "true");
  switch (reply.outcome) {
    case orders::CancelOutcome::packed:
      throw Problem(409, "order_packed",
                    "The order is packed already; refuse it at the pickup point instead.");
    case orders::CancelOutcome::key_reused:
      throw Problem(422, "idempotency_key_reused", "This Idempotency-Key was used with another request.");
    case orders::CancelOutcome::pending: http.status = 202; break;
    case orders::CancelOutcome::cancelled: break;
  }
  co_return std::move(*reply.order);
}

}  // namespace bramble::storefront
