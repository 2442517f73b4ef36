// The storefront's ordering routes: how the outcomes of creating and cancelling become answers.
#include "base/error.h"
#include "gateways/edge/problem.h"
#include "gateways/storefront/cart_order.h"
#include "gateways/storefront/storefront_gateway.h"
#include "runtime/json/json.h"
#include "services/orders/orders.json.h"

namespace bramble::storefront {
namespace {

using edge::Problem;

// `"name":[…]`, a further member of a problem document.
template <class T>
std::string member(std::string_view name, const std::vector<T>& items) {
  JsonWriter json;
  json.begin_array();
  for (const auto& item : items) write_json(json, item);
  json.end_array();
  return "\"" + std::string(name) + "\":" + json.take();
}

[[noreturn]] void refuse_unpaid(const orders::Unpaid& unpaid) {
  auto limits = std::to_string(unpaid.most_orders) + " unpaid orders of together " +
                std::to_string(unpaid.most_units) + " units at once";
  JsonWriter json;
  json.begin_array();
  for (const auto& order : unpaid.order_ids) json.text(order.text());
  json.end_array();
  throw Problem(409, "too_many_unpaid",
                "You may have " + limits + ": pay for one that you have, cancel it or let it lapse.",
                "\"order_ids\":" + json.take() + ",\"most_orders\":" + std::to_string(unpaid.most_orders) +
                    ",\"most_units\":" + std::to_string(unpaid.most_units));
}

[[noreturn]] void refuse(const orders::CreateReply& reply) {
  std::vector<FieldError> fields;
  switch (reply.outcome) {
    case orders::CreateOutcome::price_changed:
      for (const auto& change : reply.price_changes) {
        fields.push_back(
            {change.sku_id.text(), "price_changed", "the price is not the expected one any more"});
      }
      throw Problem(409, "price_changed", "A price has changed.",
                    member("price_changes", reply.price_changes), fields);
    case orders::CreateOutcome::out_of_stock:
      for (const auto& shortage : reply.shortages) {
        fields.push_back(
            {shortage.sku_id.text(), "out_of_stock",
             std::to_string(shortage.available) + " are left of " + std::to_string(shortage.requested)});
      }
      throw Problem(409, "out_of_stock", "There is not enough in stock.", member("skus", reply.shortages),
                    fields);
    case orders::CreateOutcome::unknown_sku:
      for (const auto& sku : reply.unknown_skus)
        fields.push_back({"items", "unknown_sku", "there is no SKU " + sku});
      throw Problem(400, "unknown_sku", "An item names an unknown SKU.", {}, fields);
    case orders::CreateOutcome::unknown_pickup_point:
      fields.push_back(
          {"delivery.pickup_point_id", "unknown_pickup_point", "a point of /api/v1/pickup-points"});
      throw Problem(400, "unknown_pickup_point", "There is no such pickup point.", {}, fields);
    case orders::CreateOutcome::key_reused:
      throw Problem(422, "idempotency_key_reused", "This Idempotency-Key was used with another request.");
    case orders::CreateOutcome::key_busy:
      throw Problem(409, "idempotency_key_busy",
                    "The first request with this Idempotency-Key is still running.");
    case orders::CreateOutcome::cart_changed:
      throw Problem(409, "cart_changed", "The cart is not the one any more that cart_version names.");
    case orders::CreateOutcome::cart_ordered:
      throw Problem(409, "cart_ordered", "This cart has been ordered already.",
                    "\"order_id\":\"" + reply.claimed_by.value_or(OrderId()).text() + "\"");
    case orders::CreateOutcome::too_many_unpaid: refuse_unpaid(reply.unpaid.value_or(orders::Unpaid{}));
    case orders::CreateOutcome::created: break;
  }
  throw Error(ErrorCode::internal, "no_order", "an order was created and is not there");
}

// A repeat answers as the first request did, and says so.
void mark_replayed(edge::HttpCall& http, bool replayed) {
  if (replayed) http.headers.add("Idempotent-Replayed", "true");
}

}  // namespace

Task<orders::OrderView> StorefrontGateway::create_order(edge::HttpCall& http, NewOrder request) {
  const auto& buyer = http.call.caller.id;
  orders::CreateRequest create;
  create.user_id = UserId(buyer);
  create.idempotency_key = http.idempotency_key;
  create.idempotency_digest = http.idempotency_digest;
  create.items = std::move(request.items);
  create.delivery = std::move(request.delivery);
  create.payment_method = std::move(request.payment_method);
  create.return_url = settings_.return_url;
  if (request.cart_version) create.cart = orders::CartOrdered{{}, std::move(request.cart_version), {}};
  if (create.items.empty()) {
    order_whole_cart(create, co_await services_.cart.get(http.call, {buyer}));
  } else if (create.cart) {
    claim_lines(create, co_await services_.cart.get(http.call, {buyer}));
  }
  auto reply = co_await services_.orders.create(http.call, std::move(create));
  mark_replayed(http, reply.replayed);
  if (reply.claimed_by)
    co_await empty_ordered_cart(http.call, services_.orders, services_.cart, *reply.claimed_by);
  if (reply.outcome != orders::CreateOutcome::created || !reply.order) refuse(reply);
  // Of a repeat, too: nobody knows whether the first request came as far as this.
  co_await services_.cart.remove_ordered(http.call, taken_by(*reply.order));
  http.headers.add("Location", "/api/v1/orders/" + reply.order->order_id.text());
  co_return std::move(*reply.order);
}

Task<orders::OrderView> StorefrontGateway::cancel_order(edge::HttpCall& http, OrderQuery request) {
  auto reply = co_await services_.orders.cancel(http.call, {request.order_id, http.idempotency_key,
                                                            http.idempotency_digest});
  mark_replayed(http, reply.replayed);
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
