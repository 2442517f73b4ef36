#include "services/orders/order_store.h"

#include <algorithm>

#include "base/error.h"

namespace bramble::orders {
namespace {

#define PURCHASE_COLUMNS                                                                               \
  "order_id, user_id, status, version, total_minor, currency, pickup_point_id, lat, lon, created_at, " \
  "expires_at, cancel_requested, cleanup, was_paid, idempotency_key, language, trace_id, "             \
  "cancel_refused"

Purchase purchase_of(const Row& row) {
  Purchase purchase;
  purchase.order_id = row.get<OrderId>(0);
  purchase.user_id = row.get<UserId>(1);
  purchase.status = row.get<OrderStatus>(2);
  purchase.version = row.get<std::int64_t>(3);
  purchase.total = Money{row.get<std::int64_t>(4), row.get<std::string>(5)};
  purchase.pickup_point_id = row.get<PickupPointId>(6);
  purchase.lat = row.get<double>(7);
  purchase.lon = row.get<double>(8);
  purchase.created_at = row.get<Time>(9);
  purchase.expires_at = row.get<Time>(10);
  purchase.cancel_requested = row.get<bool>(11);
  purchase.cleanup = row.get<bool>(12);
  purchase.was_paid = row.get<bool>(13);
  purchase.idempotency_key = row.get<std::string>(14);
  purchase.language = row.get<std::string>(15);
  purchase.trace_id = row.get<std::string>(16);
  purchase.cancel_refused = row.get<bool>(17);
  return purchase;
}

void add_item(Tx& tx, const OrderId& order, const Item& item) {
  auto options = ItemOptions{item.options}.encode();
  tx.send("INSERT INTO item (order_id, item_id, sku_id, product_id, seller_id, title, options, price_minor,"
          " price_version, site_id, status, image)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
          order, item.item_id, item.sku_id, item.product_id, item.seller_id, item.title, Blob{options},
          item.price_minor, item.price_version, item.site_id, item.status, item.image);
}

std::optional<KeptAnswer> kept_answer(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  Lease lease{row.get<std::optional<OrderId>>(2).value_or(OrderId()), row.get<std::string>(3),
              row.get<Time>(4)};
  return KeptAnswer{row.get<std::string>(0), row.get<std::optional<std::string>>(1), std::move(lease)};
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    auto end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return lines;
}

std::optional<Time> look_at(const Purchase& purchase, Time now) {
  if (purchase.cleanup || purchase.cancel_requested) return now + look_again_after;
  if (purchase.status == OrderStatus::pending_payment) return purchase.expires_at;
  return std::nullopt;
}

}  // namespace

Delivery delivery_of(const Purchase& purchase) { return {"pickup", purchase.pickup_point_id}; }

void OrderStore::add(Tx& tx, const Purchase& purchase, const std::vector<Item>& items, Time look_at) const {
  tx.send(
      "INSERT INTO purchase (" PURCHASE_COLUMNS
      ", look_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
      " $19)",
      purchase.order_id, purchase.user_id, purchase.status, purchase.version, purchase.total.amount_minor,
      purchase.total.currency, purchase.pickup_point_id, purchase.lat, purchase.lon, purchase.created_at,
      purchase.expires_at, purchase.cancel_requested, purchase.cleanup, purchase.was_paid,
      purchase.idempotency_key, purchase.language, purchase.trace_id, purchase.cancel_refused, look_at);
  for (const auto& item : items) add_item(tx, purchase.order_id, item);
}

void OrderStore::forget(Tx& tx, const OrderId& order) const {
  tx.send("DELETE FROM item WHERE order_id = $1", order);
  tx.send("DELETE FROM purchase WHERE order_id = $1 AND status = 0", order);
}

std::optional<Purchase> OrderStore::find(Tx& tx, const OrderId& order) const {
  auto rows = tx.query("SELECT " PURCHASE_COLUMNS " FROM purchase WHERE order_id = $1", order);
  if (rows.empty()) return std::nullopt;
  return purchase_of(rows.front());
}

std::vector<Item> OrderStore::items(Tx& tx, const Purchase& purchase) const {
  std::vector<Item> found;
  auto rows =
      tx.query("SELECT item_id, sku_id, product_id, seller_id, title, options, price_minor, price_version,"
               " site_id, status, image, short_id FROM item WHERE order_id = $1 ORDER BY item_id",
               purchase.order_id);
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

OrderView OrderStore::view(Tx& tx, const Purchase& purchase) const {
  return view_of(purchase, items(tx, purchase), history(tx, purchase.order_id));
}

OrderView OrderStore::view_of(const Purchase& purchase, std::vector<Item> items,
                              std::vector<StatusChange> history) {
  OrderView view;
  view.order_id = purchase.order_id;
  view.status = purchase.status;
  view.total = purchase.total;
  view.created_at = purchase.created_at;
  view.expires_at = purchase.expires_at;
  view.delivery = delivery_of(purchase);
  view.cancel_requested = purchase.cancel_requested;
  view.cancel_refused = purchase.cancel_refused;
  view.can_cancel = is_cancellable(purchase.status) && !purchase.cancel_requested && !purchase.cancel_refused;
  view.user_id = purchase.user_id;
  view.version = purchase.version;
  view.history = std::move(history);
  std::vector<OrderLine> units;
  for (auto& item : items) {
    Money price{item.price_minor, purchase.total.currency};
    units.push_back({item.sku_id, item.product_id, std::move(item.title), std::move(item.options), 1, price,
                     price, item.status, std::move(item.image)});
  }
  view.items = lines_of(units);
  return view;
}

void OrderStore::move(Tx& tx, Purchase& purchase, OrderStatus to) const {
  if (!may_become(purchase.status, to)) {
    throw Error(ErrorCode::internal, "undeclared_edge",
                "an order cannot go from " + std::string(to_string(purchase.status)) + " to " +
                    std::string(to_string(to)));
  }
  auto was = purchase.version++;
  purchase.status = to;
  auto moved =
      tx.exec("UPDATE purchase SET status = $2, version = $3, cancel_requested = $4, cleanup = $5,"
              " was_paid = $6, cancel_refused = $8, look_at = $9 WHERE order_id = $1 AND version = $7",
              purchase.order_id, to, purchase.version, purchase.cancel_requested, purchase.cleanup,
              purchase.was_paid, was, purchase.cancel_refused, look_at(purchase, tx.now()));
  if (moved != 1) throw Error(ErrorCode::conflict, "order_moved", "the order was changed at the same time");
  // When the order is first shown its items get their sites and their status together (place_item).
  if (to != OrderStatus::pending_payment) {
    tx.send("UPDATE item SET status = $2 WHERE order_id = $1 AND short_id IS NULL", purchase.order_id, to);
  }
  tx.send("INSERT INTO history (order_id, version, status, at) VALUES ($1, $2, $3, $4)", purchase.order_id,
          purchase.version, to, tx.now());
  // The answer to its creation tells the buyer of the first status.
  if (to == OrderStatus::pending_payment) return;
  tx.publish(OrderStatusChanged{purchase.order_id, purchase.user_id, to, tx.now(), purchase.version,
                                purchase.language});
}

void OrderStore::save_flags(Tx& tx, const Purchase& purchase) const {
  tx.send("UPDATE purchase SET cancel_requested = $2, cleanup = $3, cancel_refused = $4, look_at = $5"
          " WHERE order_id = $1",
          purchase.order_id, purchase.cancel_requested, purchase.cleanup, purchase.cancel_refused,
          look_at(purchase, tx.now()));
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

std::vector<std::pair<OrderId, std::int64_t>> OrderStore::unpaid(Tx& tx, const UserId& user) const {
  std::vector<std::pair<OrderId, std::int64_t>> found;
  auto rows = tx.query("SELECT order_id, (SELECT COUNT(*) FROM item WHERE item.order_id = purchase.order_id)"
                       " FROM purchase WHERE user_id = $1 AND status <= 1 ORDER BY expires_at",
                       user);
  for (auto row : rows) found.emplace_back(row.get<OrderId>(0), row.get<std::int64_t>(1));
  return found;
}

std::int64_t OrderStore::lapsed(Tx& tx, const UserId& user, Time since) const {
  // Version 1 is an order that waits; one that never came so far was cancelled by nobody but the system.
  return tx
      .query("SELECT COUNT(*) FROM (SELECT 1 FROM purchase WHERE user_id = $1 AND created_at > $2"
             " AND (status = 9 OR (status = 8 AND was_paid = 0 AND version > 1)) LIMIT 100) AS counted",
             user, since)
      .front()
      .get<std::int64_t>(0);
}

std::optional<CartClaim> OrderStore::cart_claim(Tx& tx, const UserId& user) const {
  auto rows =
      tx.query("SELECT order_id, version, lines, claimed_at FROM cart_claim WHERE user_id = $1", user);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return CartClaim{row.get<OrderId>(0), row.get<std::string>(1), split(row.get<std::string>(2)),
                   row.get<Time>(3)};
}

void OrderStore::put_cart_claim(Tx& tx, const UserId& user, const CartClaim& claim) const {
  tx.send("INSERT INTO cart_claim (user_id, order_id, version, lines, claimed_at) VALUES ($1, $2, $3, $4, $5)"
          " ON CONFLICT (user_id) DO UPDATE SET order_id = excluded.order_id, version = excluded.version,"
          " lines = excluded.lines, claimed_at = excluded.claimed_at",
          user, claim.order_id, claim.version, joined(claim.lines), claim.claimed_at);
}

std::optional<KeptAnswer> OrderStore::take_key(Tx& tx, std::string_view principal, std::string_view route,
                                               const std::string& key, const std::string& digest,
                                               const std::optional<Lease>& lease) const {
  auto held = lease.value_or(Lease{});
  std::optional<OrderId> order;
  if (lease) order = lease->order_id;
  auto taken = tx.exec("INSERT INTO idempotency (principal, route, key, digest, reply, created_at, order_id,"
                       " holder, lease_until) VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8)"
                       " ON CONFLICT (principal, route, key) DO NOTHING",
                       principal, route, key, digest, tx.now(), order, held.holder, held.until);
  if (taken == 1) return std::nullopt;
  return find_key(tx, principal, route, key);
}

std::optional<KeptAnswer> OrderStore::find_key(Tx& tx, std::string_view principal, std::string_view route,
                                               const std::string& key) const {
  return kept_answer(tx.query("SELECT digest, reply, order_id, holder, lease_until FROM idempotency"
                              " WHERE principal = $1 AND route = $2 AND key = $3",
                              principal, route, key));
}

void OrderStore::renew_lease(Tx& tx, std::string_view principal, std::string_view route,
                             const std::string& key, const Lease& lease) const {
  tx.send("UPDATE idempotency SET lease_until = $5 WHERE principal = $1 AND route = $2 AND key = $3"
          " AND holder = $4 AND order_id = $6 AND reply IS NULL",
          principal, route, key, lease.holder, lease.until, lease.order_id);
}

void OrderStore::keep_answer(Tx& tx, std::string_view principal, std::string_view route,
                             const std::string& key, const std::string& reply) const {
  tx.send("UPDATE idempotency SET reply = $4 WHERE principal = $1 AND route = $2 AND key = $3", principal,
          route, key, Blob{reply});
}

std::optional<std::string> OrderStore::keep_first_answer(Tx& tx, std::string_view principal,
                                                         std::string_view route, const std::string& key,
                                                         const std::string& reply) const {
  auto kept = tx.exec("UPDATE idempotency SET reply = $4 WHERE principal = $1 AND route = $2 AND key = $3"
                      " AND reply IS NULL",
                      principal, route, key, Blob{reply});
  if (kept == 1) return std::nullopt;
  auto first = find_key(tx, principal, route, key);
  return first ? first->reply : std::nullopt;
}

void OrderStore::drop_key(Tx& tx, std::string_view principal, std::string_view route,
                          const std::string& key) const {
  tx.send("DELETE FROM idempotency WHERE principal = $1 AND route = $2 AND key = $3", principal, route, key);
}

void OrderStore::drop_old_keys(Tx& tx, Time before, std::int64_t limit) const {
  tx.send("DELETE FROM idempotency WHERE (principal, route, key) IN (SELECT principal, route, key FROM "
          "idempotency"
          " WHERE created_at < $1 ORDER BY created_at LIMIT $2)",
          before, limit);
}

}  // namespace bramble::orders
