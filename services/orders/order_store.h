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

// One that the sweeper may have to wake.
struct OpenOrder {
  OrderId order_id;
  OrderStatus status = OrderStatus::new_;
  bool has_open_ends = false;  // to be cleaned up, or a wish to be answered
};

struct OrderEnd {
  Time at;
  OrderId order_id;
};

struct KeptAnswer {
  std::string digest;
  std::optional<std::string> reply;  // encoded; nothing while the first request is running
  Lease lease;                       // of that request
};

// What is looked at every second must not look at every order that waits (purchase_ending).
inline constexpr char unpaid_until_query[] = "SELECT expires_at, order_id FROM purchase WHERE status = 1"
                                             " AND (expires_at, order_id) > ($1, $2) AND expires_at <= $3"
                                             " ORDER BY expires_at, order_id LIMIT $4";

// A cart that was ordered.
struct CartClaim {
  OrderId order_id;
  std::string version;
  std::vector<std::string> lines;
  Time claimed_at;
};

class OrderStore {
 public:
  void add(Tx& tx, const Purchase& purchase, const std::vector<Item>& items) const;
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
  // Orders that are being made since then, whose time to pay was over then, or that have open ends; those
  // after `after`.
  std::vector<OpenOrder> open(Tx& tx, Time created_before, Time expired_before, const OrderId& after,
                              std::int64_t limit) const;
  // Orders that a buyer has not paid, with their units.
  std::vector<std::pair<OrderId, std::int64_t>> unpaid(Tx& tx, const UserId& user) const;
  // How many of a buyer's orders have ended unpaid since then; counts to a bound.
  std::int64_t lapsed(Tx& tx, const UserId& user, Time since) const;

  std::optional<CartClaim> cart_claim(Tx& tx, const UserId& user) const;
  void put_cart_claim(Tx& tx, const UserId& user, const CartClaim& claim) const;

  // Orders that wait for their payment and whose time is over, from that one on, the first to end first.
  std::vector<OrderEnd> unpaid_until(Tx& tx, const OrderEnd& after, Time now, std::int64_t limit) const;

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
