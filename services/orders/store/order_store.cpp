#include "services/orders/store/order_store.h"

#include <algorithm>

#include "base/error.h"

namespace bramble::orders {
namespace {

#define ORDER_COLUMNS                                                                                  \
  "order_id, user_id, status, version, total_minor, currency, pickup_point_id, lat, lon, created_at, " \
  "expires_at, cancel_requested, cleanup, was_paid, idempotency_key, language, trace_id, "             \
  "cancel_refused"

OrderRow order_of(const Row& row) {
  OrderRow order;
  order.order_id = row.get<OrderId>(0);
  order.user_id = row.get<UserId>(1);
  order.status = row.get<OrderStatus>(2);
  order.version = row.get<std::int64_t>(3);
  order.total = Money{row.get<std::int64_t>(4), row.get<std::string>(5)};
  order.delivery = {"pickup", row.get<PickupPointId>(6)};
  order.lat = row.get<double>(7);
  order.lon = row.get<double>(8);
  order.created_at = row.get<Time>(9);
  order.expires_at = row.get<Time>(10);
  order.cancel_requested = row.get<bool>(11);
  order.cleanup = row.get<bool>(12);
  order.was_paid = row.get<bool>(13);
  order.idempotency_key = row.get<std::string>(14);
  order.language = row.get<std::string>(15);
  order.trace_id = row.get<std::string>(16);
  order.cancel_refused = row.get<bool>(17);
  return order;
}

void add_item(Tx& tx, const OrderId& order, const Item& item) {
  auto options = ItemOptions{item.options}.encode();
  tx.send("INSERT INTO item (order_id, item_id, sku_id, product_id, seller_id, title, options, price_minor,"
          " price_version, site_id, status, image)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
          order, item.item_id, item.sku_id, item.product_id, item.seller_id, item.title, Blob{options},
          item.price_minor, item.price_version, item.site_id, item.status, item.image);
}

std::optional<Time> look_at(const OrderRow& order, Time now) {
  if (order.cleanup || order.cancel_requested) return now + look_again_after;
  if (order.status == OrderStatus::pending_payment) return order.expires_at;
  return std::nullopt;
}

}  // namespace

void throw_order_not_found() {
  throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
}

Task<OrderRow> load_order(Database& database, Call call, OrderId order) {
  auto found =
      co_await database.read(call, order.text(), [&](Tx& tx) { return OrderStore().find(tx, order); });
  if (!found) throw_order_not_found();
  co_return std::move(*found);
}

void OrderStore::add(Tx& tx, const OrderRow& order, const std::vector<Item>& items, Time look_at) const {
  tx.send(
      "INSERT INTO purchase (" ORDER_COLUMNS
      ", look_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
      " $19)",
      order.order_id, order.user_id, order.status, order.version, order.total.amount_minor,
      order.total.currency, order.delivery.pickup_point_id, order.lat, order.lon, order.created_at,
      order.expires_at, order.cancel_requested, order.cleanup, order.was_paid, order.idempotency_key,
      order.language, order.trace_id, order.cancel_refused, look_at);
  for (const auto& item : items) add_item(tx, order.order_id, item);
}

void OrderStore::forget(Tx& tx, const OrderId& order) const {
  tx.send("DELETE FROM item WHERE order_id = $1", order);
  tx.send("DELETE FROM purchase WHERE order_id = $1 AND status = 0", order);
}

std::optional<OrderRow> OrderStore::find(Tx& tx, const OrderId& order) const {
  auto rows = tx.query("SELECT " ORDER_COLUMNS " FROM purchase WHERE order_id = $1", order);
  if (rows.empty()) return std::nullopt;
  return order_of(rows.front());
}

OrderRow OrderStore::find_shown(Tx& tx, const OrderId& order) const {
  auto found = find(tx, order);
  if (!found || found->status == OrderStatus::new_) throw_order_not_found();
  return std::move(*found);
}

std::optional<OrderRow> OrderStore::if_unchanged(Tx& tx, const OrderRow& seen) const {
  auto now = find(tx, seen.order_id);
  if (now && now->version == seen.version) return now;
  if (now) tx.schedule(AdvanceOrder{seen.order_id}, tx.now() + milliseconds(1));
  return std::nullopt;
}

std::vector<Item> OrderStore::items(Tx& tx, const OrderRow& order) const {
  std::vector<Item> found;
  auto rows =
      tx.query("SELECT item_id, sku_id, product_id, seller_id, title, options, price_minor, price_version,"
               " site_id, status, image, short_id FROM item WHERE order_id = $1 ORDER BY item_id",
               order.order_id);
  for (auto row : rows) {
    Item item;
    item.item_id = row.get<ItemId>(0);
    item.sku_id = row.get<SkuId>(1);
    item.product_id = row.get<ProductId>(2);
    item.seller_id = row.get<SellerId>(3);
    item.title = row.get<std::string>(4);
    item.options = ItemOptions::decode(row.get<std::string>(5)).values;
    item.price_minor = row.get<std::int64_t>(6);
    item.price_version = row.get<std::int64_t>(7);
    item.site_id = row.get<std::optional<SiteId>>(8);
    item.status = row.get<OrderStatus>(9);
    item.image = row.get<std::string>(10);
    item.short_id = row.get<std::optional<std::string>>(11);
    found.push_back(std::move(item));
  }
  return found;
}

std::vector<StatusChange> OrderStore::history(Tx& tx, const OrderId& order) const {
  std::vector<StatusChange> found;
  for (auto row : tx.query("SELECT status, at FROM history WHERE order_id = $1 ORDER BY version", order)) {
    found.push_back({row.get<OrderStatus>(0), row.get<Time>(1)});
  }
  return found;
}

OrderView OrderStore::view(Tx& tx, const OrderRow& order) const {
  return view_of(order, items(tx, order), history(tx, order.order_id));
}

OrderView OrderStore::view_of(const OrderRow& order, std::vector<Item> items,
                              std::vector<StatusChange> history) {
  OrderView view;
  view.order_id = order.order_id;
  view.status = order.status;
  view.total = order.total;
  view.created_at = order.created_at;
  view.expires_at = order.expires_at;
  view.delivery = order.delivery;
  view.cancel_requested = order.cancel_requested;
  view.cancel_refused = order.cancel_refused;
  view.can_cancel = is_cancellable(order.status) && !order.cancel_requested && !order.cancel_refused;
  view.user_id = order.user_id;
  view.version = order.version;
  view.history = std::move(history);
  std::vector<OrderLine> units;
  for (auto& item : items) {
    Money price{item.price_minor, order.total.currency};
    units.push_back({item.sku_id, item.product_id, std::move(item.title), std::move(item.options), 1, price,
                     price, item.status, std::move(item.image)});
  }
  view.items = lines_of(units);
  return view;
}

void OrderStore::move(Tx& tx, OrderRow& order, OrderStatus to) const {
  if (!may_become(order.status, to)) {
    throw Error(ErrorCode::internal, "undeclared_edge",
                "an order cannot go from " + std::string(to_string(order.status)) + " to " +
                    std::string(to_string(to)));
  }
  auto was = order.version++;
  order.status = to;
  auto moved =
      tx.exec("UPDATE purchase SET status = $2, version = $3, cancel_requested = $4, cleanup = $5,"
              " was_paid = $6, cancel_refused = $8, look_at = $9 WHERE order_id = $1 AND version = $7",
              order.order_id, to, order.version, order.cancel_requested, order.cleanup, order.was_paid, was,
              order.cancel_refused, look_at(order, tx.now()));
  if (moved != 1) throw Error(ErrorCode::conflict, "order_moved", "the order was changed at the same time");
  // When the order is shown, `place_item` sets the sites and the status of its items.
  if (to != OrderStatus::pending_payment) {
    tx.send("UPDATE item SET status = $2 WHERE order_id = $1 AND short_id IS NULL", order.order_id, to);
  }
  tx.send("INSERT INTO history (order_id, version, status, at) VALUES ($1, $2, $3, $4)", order.order_id,
          order.version, to, tx.now());
  // The reply to the request tells the buyer about the first status.
  if (to == OrderStatus::pending_payment) return;
  tx.publish(OrderStatusChanged{order.order_id, order.user_id, to, tx.now(), order.version, order.language});
}

void OrderStore::save_flags(Tx& tx, const OrderRow& order) const {
  tx.send("UPDATE purchase SET cancel_requested = $2, cleanup = $3, cancel_refused = $4, look_at = $5"
          " WHERE order_id = $1",
          order.order_id, order.cancel_requested, order.cleanup, order.cancel_refused,
          look_at(order, tx.now()));
}

void OrderStore::place_item(Tx& tx, const OrderId& order, const Item& item) const {
  tx.send("UPDATE item SET site_id = $3, status = $4 WHERE order_id = $1 AND item_id = $2", order,
          item.item_id, item.site_id, item.status);
}

std::vector<OrderSummary> OrderStore::list(Tx& tx, const UserId& user, std::int64_t offset,
                                           std::int64_t limit) const {
  std::vector<OrderSummary> found;
  auto rows = tx.query("SELECT order_id, status, total_minor, currency, created_at, expires_at FROM purchase"
                       " WHERE user_id = $1 AND status > 0"
                       " ORDER BY created_at DESC, order_id DESC LIMIT $2 OFFSET $3",
                       user, limit, offset);
  for (auto row : rows) {
    found.push_back({row.get<OrderId>(0), row.get<OrderStatus>(1),
                     Money{row.get<std::int64_t>(2), row.get<std::string>(3)}, row.get<Time>(4), 0,
                     row.get<Time>(5)});
  }
  if (!found.empty()) add_goods(tx, user, offset, limit, found);
  return found;
}

void OrderStore::add_goods(Tx& tx, const UserId& user, std::int64_t offset, std::int64_t limit,
                           std::vector<OrderSummary>& orders) const {
  auto rows = tx.query("SELECT shown.order_id, MIN(product_id), MIN(title), MIN(image), COUNT(*)"
                       " FROM (SELECT order_id FROM purchase WHERE user_id = $1 AND status > 0"
                       " ORDER BY created_at DESC, order_id DESC LIMIT $2 OFFSET $3) AS shown"
                       " JOIN item ON item.order_id = shown.order_id"
                       " GROUP BY shown.order_id, sku_id ORDER BY shown.order_id, MIN(item_id)",
                       user, limit, offset);
  for (auto row : rows) {
    auto order = std::find_if(orders.begin(), orders.end(), [id = row.get<OrderId>(0)](const auto& summary) {
      return summary.order_id == id;
    });
    if (order == orders.end()) continue;
    GoodsSummary goods{row.get<ProductId>(1), row.get<std::string>(2), row.get<std::string>(3),
                       row.get<std::int64_t>(4)};
    order->item_count += goods.quantity;
    order->goods.push_back(std::move(goods));
  }
}

std::int64_t OrderStore::count(Tx& tx, const UserId& user) const {
  return tx.query("SELECT COUNT(*) FROM purchase WHERE user_id = $1 AND status > 0", user)
      .front()
      .get<std::int64_t>(0);
}

std::vector<DueOrder> OrderStore::due(Tx& tx, Time now, std::int64_t limit) const {
  std::vector<DueOrder> found;
  for (auto row : tx.query(due_orders_query, now, limit)) {
    found.push_back({row.get<OrderId>(0), row.get<OrderStatus>(1), row.get<Time>(2)});
  }
  return found;
}

bool OrderStore::look_again(Tx& tx, const DueOrder& due, Time next) const {
  return tx.exec("UPDATE purchase SET look_at = $3 WHERE order_id = $1 AND look_at = $2", due.order_id,
                 due.look_at, next) == 1;
}

}  // namespace bramble::orders
