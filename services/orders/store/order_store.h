// The tables of orders, their items and their history. Every change of status goes through `move`, which
// takes declared edges only, increases the version by one and writes the history.
#pragma once

#include <optional>
#include <vector>

#include "ports/database.h"
#include "services/orders/order_rules.h"

namespace bramble::orders {

// A row of the table purchase.
struct OrderRow {
  OrderId order_id;
  UserId user_id;
  OrderStatus status = OrderStatus::new_;
  std::int64_t version = 0;
  Money total;
  Delivery delivery;
  double lat = 0;  // of the pickup point
  double lon = 0;
  Time created_at;
  Time expires_at;
  bool cancel_requested = false;
  bool cancel_refused = false;
  bool cleanup = false;
  bool was_paid = false;
  std::string idempotency_key;
  std::string language;  // of the buyer
  std::string trace_id;
};

// One unit.
struct Item {
  ItemId item_id;
  SkuId sku_id;
  ProductId product_id;
  SellerId seller_id;
  std::string title;
  std::map<std::string, std::string> options;
  std::int64_t price_minor = 0;
  std::int64_t price_version = 0;
  std::optional<SiteId> site_id;
  OrderStatus status = OrderStatus::new_;
  std::string image;                    // address of the first picture; empty: none
  std::optional<std::string> short_id;  // the short pick that cancelled the unit while its order went on
};

// An order whose time to be looked at has come.
struct DueOrder {
  OrderId order_id;
  OrderStatus status = OrderStatus::new_;
  Time look_at;
};

// Runs every second: the index purchase_look_at lets it read only what is due.
inline constexpr char due_orders_query[] = "SELECT order_id, status, look_at FROM purchase"
                                           " WHERE look_at <= $1 ORDER BY look_at, order_id LIMIT $2";

// An order that has to be cleaned up or answered usually has a job: the sweeper looks only after this time.
inline constexpr Duration look_again_after = minutes(1);

[[noreturn]] void throw_order_not_found();

class OrderStore {
 public:
  // `look_at`: when the sweeper looks whether the creation was interrupted.
  void add(Tx& tx, const OrderRow& order, const std::vector<Item>& items, Time look_at) const;
  // Deletes an order that was never shown.
  void forget(Tx& tx, const OrderId& order) const;
  std::optional<OrderRow> find(Tx& tx, const OrderId& order) const;
  // Only an order that its buyer has been shown. Throws not_found.
  OrderRow find_shown(Tx& tx, const OrderId& order) const;
  // For decisions that were made on `seen` outside this transaction. Returns nothing if the order has
  // advanced since then; then its job decides again.
  std::optional<OrderRow> if_unchanged(Tx& tx, const OrderRow& seen) const;
  std::vector<Item> items(Tx& tx, const OrderRow& order) const;
  std::vector<StatusChange> history(Tx& tx, const OrderId& order) const;
  OrderView view(Tx& tx, const OrderRow& order) const;
  // The same without the database.
  static OrderView view_of(const OrderRow& order, std::vector<Item> items, std::vector<StatusChange> history);

  // Compare and set on the version. Throws conflict if someone else was faster, internal for an undeclared
  // edge. Publishes OrderStatusChanged.
  void move(Tx& tx, OrderRow& order, OrderStatus to) const;
  // Stores the flags of `order`, whatever its version.
  void save_flags(Tx& tx, const OrderRow& order) const;
  // Sets the site and the status of a unit when its order is shown.
  void place_item(Tx& tx, const OrderId& order, const Item& item) const;

  std::vector<OrderSummary> list(Tx& tx, const UserId& user, std::int64_t offset, std::int64_t limit) const;
  std::int64_t count(Tx& tx, const UserId& user) const;
  // Orders whose time to be looked at has come, those that have waited longest first.
  std::vector<DueOrder> due(Tx& tx, Time now, std::int64_t limit) const;
  // Compare and set: false if the order has moved on or another process has looked at it.
  bool look_again(Tx& tx, const DueOrder& due, Time next) const;

 private:
  void add_goods(Tx& tx, const UserId& user, std::int64_t offset, std::int64_t limit,
                 std::vector<OrderSummary>& orders) const;
};

// Throws Error not_found.
Task<OrderRow> load_order(Database& database, Call call, OrderId order);

}  // namespace bramble::orders
