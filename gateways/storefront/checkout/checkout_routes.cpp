#include "gateways/storefront/checkout/checkout_routes.h"

#include "base/error.h"
#include "gateways/edge/paging.h"
#include "gateways/edge/problem.h"
#include "gateways/storefront/checkout/cart_order.h"
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
  auto limits = std::to_string(unpaid.most_orders) + " unpaid orders with " +
                std::to_string(unpaid.most_units) + " units in total";
  JsonWriter json;
  json.begin_array();
  for (const auto& order : unpaid.order_ids) json.text(order.text());
  json.end_array();
  throw Problem(409, "too_many_unpaid",
                "You may have at most " + limits + ": pay for one, cancel it, or let it expire.",
                "\"order_ids\":" + json.take() + ",\"most_orders\":" + std::to_string(unpaid.most_orders) +
                    ",\"most_units\":" + std::to_string(unpaid.most_units));
}

[[noreturn]] void refuse(const orders::CreateReply& reply) {
  std::vector<FieldError> fields;
  switch (reply.outcome) {
    case orders::CreateOutcome::price_changed:
      for (const auto& change : reply.price_changes) {
        fields.push_back({change.sku_id.text(), "price_changed", "the price has changed"});
      }
      throw Problem(409, "price_changed", "A price has changed.",
                    member("price_changes", reply.price_changes), fields);
    case orders::CreateOutcome::out_of_stock:
      for (const auto& shortage : reply.shortages) {
        fields.push_back({shortage.sku_id.text(), "out_of_stock",
                          std::to_string(shortage.available) + " of " + std::to_string(shortage.requested) +
                              " are available"});
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
      throw Problem(409, "cart_changed", "The cart has changed since the given cart_version.");
    case orders::CreateOutcome::cart_ordered:
      throw Problem(409, "cart_ordered", "This cart has been ordered already.",
                    "\"order_id\":\"" + reply.claimed_by.value_or(OrderId()).text() + "\"");
    case orders::CreateOutcome::too_many_unpaid: refuse_unpaid(reply.unpaid.value_or(orders::Unpaid{}));
    case orders::CreateOutcome::created: break;
  }
  throw Error(ErrorCode::internal, "no_order", "an order was created and is not there");
}

}  // namespace

Task<pickup::NearestReply> CheckoutRoutes::pickup_points(edge::HttpCall& http, PointsQuery request) {
  auto lat = request.lat.value_or(55.7558);  // Moscow, where most buyers are
  auto lon = request.lon.value_or(37.6173);
  co_return co_await pickup_.nearest(http.call, {lat, lon, request.limit.value_or(edge::usual_limit)});
}

Task<orders::OrderView> CheckoutRoutes::create_order(edge::HttpCall& http, NewOrder request) {
  const auto& buyer = http.call.caller.id;
  orders::CreateRequest create;
  create.user_id = UserId(buyer);
  create.idempotency_key = http.idempotency_key;
  create.idempotency_digest = http.idempotency_digest;
  create.items = std::move(request.items);
  create.delivery = std::move(request.delivery);
  create.payment_method = std::move(request.payment_method);
  create.return_url = return_url_;
  if (request.cart_version) create.cart = orders::CartOrdered{{}, std::move(request.cart_version), {}};
  if (create.items.empty()) {
    order_whole_cart(create, co_await cart_.get(http.call, {buyer}));
  } else if (create.cart) {
    claim_lines(create, co_await cart_.get(http.call, {buyer}));
  }
  auto reply = co_await orders_.create(http.call, std::move(create));
  if (reply.replayed) http.headers.add("Idempotent-Replayed", "true");
  if (reply.claimed_by) co_await empty_ordered_cart(http.call, orders_, cart_, *reply.claimed_by);
  if (reply.outcome != orders::CreateOutcome::created || !reply.order) refuse(reply);
  // Also on replay: the first request may have failed before this step.
  co_await cart_.remove_ordered(http.call, taken_by(*reply.order));
  http.headers.add("Location", "/api/v1/orders/" + reply.order->order_id.text());
  co_return std::move(*reply.order);
}

}  // namespace bramble::storefront
