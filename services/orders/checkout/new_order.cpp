#include "services/orders/checkout/new_order.h"

#include <algorithm>

#include "base/error.h"
#include "services/orders/checkout/payment_rules.h"

namespace bramble::orders {
namespace {

constexpr std::int64_t most_units = 200;

// Items are read in the order of their ids, so the ids grow in the order of the buyer's lines.
void number_in_order(std::vector<Item>& items) {
  std::vector<ItemId> ids;
  for (const auto& item : items) ids.push_back(item.item_id);
  std::sort(ids.begin(), ids.end());
  for (std::size_t i = 0; i < items.size(); ++i) items[i].item_id = std::move(ids[i]);
}

}  // namespace

void check(const CreateRequest& request) {
  if (request.user_id.empty()) throw_invalid("user_id", "required", "is required");
  if (request.idempotency_key.empty()) throw_invalid("Idempotency-Key", "required", "is required");
  if (request.delivery.type != "pickup") throw_invalid("delivery.type", "not_allowed", "pickup");
  check_method(request.payment_method);
  std::int64_t units = 0;
  for (std::size_t i = 0; i < request.items.size(); ++i) {
    auto quantity = request.items[i].quantity;
    auto path = "items[" + std::to_string(i) + "].quantity";
    if (quantity < 1) throw_invalid(path, "too_small", "at least 1");
    if (quantity > most_units) throw_invalid(path, "too_large", "at most " + std::to_string(most_units));
    units += quantity;
  }
  if (units > most_units)
    throw_invalid("items", "too_many", "at most " + std::to_string(most_units) + " units");
}

OrderRow NewOrders::row_of(const Call& call, const CreateRequest& request) {
  OrderRow row;
  row.order_id = new_id<OrderId>(env_.clock, env_.random, request.user_id.text());
  row.user_id = request.user_id;
  row.created_at = env_.clock.now();
  row.expires_at = row.created_at + env_.settings.hold;
  row.delivery = request.delivery;
  row.idempotency_key = request.idempotency_key;
  row.language = call.language;
  row.trace_id = trace_id_of(call.trace);
  return row;
}

void NewOrders::add_wanted(NewOrder& order, const WantedItem& wanted, const catalog::SkuInfo& info) {
  if (wanted.expected_price && *wanted.expected_price != info.price) {
    if (order.refusal.outcome == CreateOutcome::created) order.refusal.outcome = CreateOutcome::price_changed;
    order.refusal.price_changes.push_back({info.sku_id, *wanted.expected_price, info.price});
  }
  for (std::int64_t i = 0; i < wanted.quantity; ++i) {
    Item item;
    item.item_id = new_id<ItemId>(env_.clock, env_.random, order.row.order_id.text());
    item.sku_id = info.sku_id;
    item.product_id = info.product_id;
    item.seller_id = info.seller_id;
    item.title = info.title;
    item.options = info.options;
    item.image = info.image;
    item.price_minor = info.price.amount_minor;
    item.price_version = info.price_version;
    order.items.push_back(std::move(item));
  }
  auto same = std::find_if(order.lines.begin(), order.lines.end(),
                           [&](const inventory::Line& line) { return line.sku_id == info.sku_id; });
  if (same == order.lines.end()) {
    order.lines.push_back({info.sku_id, wanted.quantity});
  } else {
    same->quantity += wanted.quantity;
  }
  auto cost = info.price * wanted.quantity;
  order.row.total = order.row.total.amount_minor == 0 ? cost : order.row.total + cost;
}

Task<NewOrder> NewOrders::build(Call call, CreateRequest request) {
  NewOrder order;
  order.row = row_of(call, request);
  catalog::GetSkusRequest wanted;
  for (const auto& item : request.items) wanted.sku_ids.push_back(item.sku_id);
  auto known = co_await env_.peers.catalog.get_skus(call, std::move(wanted));
  for (const auto& item : request.items) {
    auto info = std::find_if(known.items.begin(), known.items.end(),
                             [&](const catalog::SkuInfo& sku) { return sku.sku_id == item.sku_id; });
    if (info == known.items.end()) {
      order.refusal.outcome = CreateOutcome::unknown_sku;
      order.refusal.unknown_skus.push_back(item.sku_id.text());
    } else {
      add_wanted(order, item, *info);
    }
  }
  if (order.refusal.outcome != CreateOutcome::created) co_return order;
  number_in_order(order.items);
  bool is_unknown_point = false;
  try {
    auto point = co_await env_.peers.pickup.get(call, {request.delivery.pickup_point_id});
    order.row.lat = point.lat;
    order.row.lon = point.lon;
    order.place = PickupPlace{std::move(point.title), std::move(point.address), point.lat, point.lon};
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;
    is_unknown_point = true;
  }
  if (is_unknown_point) order.refusal.outcome = CreateOutcome::unknown_pickup_point;
  co_return order;
}

}  // namespace bramble::orders
