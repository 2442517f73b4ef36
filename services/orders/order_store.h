// The tables of orders; the only file that knows them. Every change of status goes through `move`, which
// keeps to the declared edges, counts the version up by one and writes the history.
#pragma once

#include <optional>
#include <vector>

#include "ports/database.h"
#include "services/orders/order_rules.h"

namespace bramble::orders {

struct Purchase {
  OrderId order_id;
  UserId user_id;
  OrderStatus status = OrderStatus::new_;
  std::int64_t version = 0;
  Money total;
  PickupPointId pickup_point_id;
  double lat = 0;
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

Delivery delivery_of(const Purchase& purchase);

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
  std::optional<std::string> short_id;  // the short pick by which it was cancelled while its order went on
};

// Who is making an order, and until when that counts without being said again.
struct Lease {
  OrderId order_id;
  std::string holder;
  Time until;
};

// An order at which the sweeper has to look now.
struct DueOrder {
  OrderId order_id;
  OrderStatus status = OrderStatus::new_;
  Time look_at;
};

struct KeptAnswer {
  std::string digest;
  std::optional<std::string> reply;  // encoded; nothing while the first request is running
  Lease lease;                       // of that request
};

// Runs every second: reads what is due, and not every order that waits (index purchase_look_at).
inline constexpr char due_orders_query[] = "SELECT order_id, status, look_at FROM purchase"
                                           " WHERE look_at <= $1 ORDER BY look_at, order_id LIMIT $2";

// An order with open ends has a job as a rule: the sweeper looks at it after this time.
inline constexpr Duration look_again_after = minutes(1);

// A cart that was ordered.
struct CartClaim {
  OrderId order_id;
  std::string version;
  std::vector<std::string> lines;
  Time claimed_at;
};

class OrderStore {
 public:
  // `look_at`: then the order is looked at, unless it has been shown to its buyer by then.
  void add(Tx& tx, const Purchase& purchase, const std::vector<Item>& items, Time look_at) const;
  // Forgets an order that never came to be shown.
  void forget(Tx& tx, const OrderId& order) const;
  std::optional<Purchase> find(Tx& tx, const OrderId& order) const;
  std::vector<Item> items(Tx& tx, const Purchase& purchase) const;
  std::vector<StatusChange> history(Tx& tx, const OrderId& order) const;
  OrderView view(Tx& tx, const Purchase& purchase) const;
  // The same from what is at hand.
  static OrderView view_of(const Purchase& purchase, std::vector<Item> items,
                           std::vector<StatusChange> history);

  // Compare and set on the version; throws conflict if somebody else moved it first, internal for an
  // undeclared edge. The buyer is told (OrderStatusChanged).
  void move(Tx& tx, Purchase& purchase, OrderStatus to) const;
  // Sets the flags as they are in `purchase`, whatever its version.
  void save_flags(Tx& tx, const Purchase& purchase) const;
  // A unit's site and status, when its order is first shown.
  void place_item(Tx& tx, const OrderId& order, const Item& item) const;

  std::vector<OrderSummary> list(Tx& tx, const UserId& user, std::int64_t offset, std::int64_t limit) const;
  std::int64_t count(Tx& tx, const UserId& user) const;
  // Orders whose time to be looked at has come, those that have waited longest first.
  std::vector<DueOrder> due(Tx& tx, Time now, std::int64_t limit) const;
  // Compare and set: false if the order has moved on or another process has looked at it.
  bool look_again(Tx& tx, const DueOrder& due, Time next) const;
  // Orders that a buyer has not paid, with their units.
  std::vector<std::pair<OrderId, std::int64_t>> unpaid(Tx& tx, const UserId& user) const;
  // How many of a buyer's orders have ended unpaid since then; counts to a bound.
  std::int64_t lapsed(Tx& tx, const UserId& user, Time since) const;

  std::optional<CartClaim> cart_claim(Tx& tx, const UserId& user) const;
  void put_cart_claim(Tx& tx, const UserId& user, const CartClaim& claim) const;

  // The answer kept for a key; if there is none, the key is taken and nothing is returned.
  std::optional<KeptAnswer> take_key(Tx& tx, std::string_view principal, std::string_view route,
                                     const std::string& key, const std::string& digest,
                                     const std::optional<Lease>& lease = std::nullopt) const;
  void renew_lease(Tx& tx, std::string_view principal, std::string_view route, const std::string& key,
                   const Lease& lease) const;
  std::optional<KeptAnswer> find_key(Tx& tx, std::string_view principal, std::string_view route,
                                     const std::string& key) const;
  void keep_answer(Tx& tx, std::string_view principal, std::string_view route, const std::string& key,
                   const std::string& reply) const;
  // For routes whose repeats may run at once: keeps the answer and returns nothing, or returns the answer
  // that another request with the key has given first.
  std::optional<std::string> keep_first_answer(Tx& tx, std::string_view principal, std::string_view route,
                                               const std::string& key, const std::string& reply) const;
  void drop_key(Tx& tx, std::string_view principal, std::string_view route, const std::string& key) const;
  void drop_old_keys(Tx& tx, Time before, std::int64_t limit) const;

 private:
  void add_goods(Tx& tx, const UserId& user, std::int64_t offset, std::int64_t limit,
                 std::vector<OrderSummary>& orders) const;
};

}  // namespace bramble::orders
