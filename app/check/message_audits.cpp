// Events: what changed was told, and what was told has been taken in (ports/messages.h, and who consumes
// what).
#include <fmt/format.h>

#include "app/check/audit.h"

namespace bramble::check {
namespace {

// Delivered events and old inbox records are deleted after a time; only what happened within the hour before
// the newest event is looked at.
constexpr const char* an_hour_us = "3600000000";

struct Delivery {
  const char* publisher;
  const char* type;
  const char* consumer;
};

constexpr Delivery deliveries[] = {
    {"warehouse", "warehouse.SiteOpened", "inventory"},
    {"warehouse", "warehouse.SellRightsGranted", "inventory"},
    {"warehouse", "warehouse.AssemblyStarted", "orders"},
    {"warehouse", "warehouse.AssemblyComplete", "orders"},
    {"warehouse", "warehouse.PickShort", "orders"},
    {"payments", "payments.PaymentAuthorised", "orders"},
    {"payments", "payments.PaymentCaptured", "orders"},
    {"payments", "payments.PaymentDeclined", "orders"},
    {"payments", "payments.PaymentRefunded", "orders"},
    {"auth", "auth.SecurityNoted", "security"},
    {"orders", "orders.StaffActed", "security"},
    {"inventory", "inventory.HoldExpired", "orders"},
    {"inventory", "inventory.StockTurned", "catalog"},
    {"orders", "orders.OrderPaid", "inventory"},
    {"orders", "orders.OrderPaid", "warehouse"},
    {"orders", "orders.PaidOrderCancelled", "inventory"},
    {"orders", "orders.PickShortDecided", "warehouse"},
    {"orders", "orders.OrderStatusChanged", "notifications"},
    {"orders", "orders.OrderItemsChanged", "notifications"},
    {"orders", "orders.OrderCancelRefused", "notifications"},
    {"orders", "orders.OrderPaymentDeclined", "notifications"},
};

// Marked as published means: every consumer has it.
Audit delivered(const Delivery& delivery) {
  auto sql = fmt::format(
      "SELECT o.event_id || ' of ' || o.key, 'taken in by {1}', 'not there' FROM {0}.outbox o"
      " WHERE o.type = '{2}' AND o.published_at IS NOT NULL"
      " AND o.created_at > (SELECT MAX(created_at) FROM {0}.outbox) - {3}"
      " AND NOT EXISTS (SELECT 1 FROM {1}.inbox i WHERE i.consumer = '{1}' AND i.event_id = o.event_id)",
      delivery.publisher, delivery.consumer, delivery.type, an_hour_us);
  return {"I20",
          std::string(delivery.consumer) + ".inbox",
          std::string("a published ") + delivery.type + " was taken in",
          {delivery.publisher, delivery.consumer},
          sql};
}

// Each change of an order that its buyer hears of, and its being paid, has its event.
std::string told(const char* type, const char* statuses) {
  return fmt::format(
      "SELECT h.order_id, CAST(h.changes AS TEXT), CAST(COALESCE(o.events, 0) AS TEXT) FROM"
      " (SELECT h.order_id, COUNT(*) AS changes FROM orders.history h WHERE h.status IN ({1})"
      "   AND h.order_id IN (SELECT p.order_id FROM orders.purchase p"
      "     WHERE p.created_at > (SELECT MAX(at) FROM orders.history) - {2}) GROUP BY h.order_id) h"
      " LEFT JOIN (SELECT key, COUNT(*) AS events FROM orders.outbox WHERE type = '{0}' GROUP BY key) o"
      " ON o.key = h.order_id WHERE h.changes <> COALESCE(o.events, 0)",
      type, statuses, an_hour_us);
}

// The other way round: nothing is told that did not happen.
std::string happened(const char* type, const char* statuses) {
  return fmt::format("SELECT o.key, 'a change of the order', CAST(o.events AS TEXT) || ' events' FROM"
                     " (SELECT key, COUNT(*) AS events FROM orders.outbox WHERE type = '{0}' GROUP BY key) o"
                     " LEFT JOIN (SELECT order_id, COUNT(*) AS changes FROM orders.history WHERE status IN "
                     "({1}) GROUP BY order_id) h"
                     " ON h.order_id = o.key WHERE o.events > COALESCE(h.changes, 0)",
                     type, statuses);
}

Audit given_up(const std::string& module) {
  return {
      "I20",
      module + ".dead_events",
      "every event is taken in at last",
      {module},
      fmt::format("SELECT event_id || ' of ' || key, 'taken in by ' || consumer, 'given up: ' || last_error"
                  " FROM {}.dead_events",
                  module)};
}

constexpr const char* unpicked = R"sql(
SELECT p.order_id, 'a pick order', 'none'
  FROM orders.purchase p LEFT JOIN warehouse.pick_order w ON w.order_id = p.order_id
 WHERE p.status IN (2, 3, 4, 5, 6, 7) AND w.order_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.OrderPaid' AND o.key = p.order_id))sql";

constexpr const char* goods_not_back = R"sql(
SELECT p.order_id, 'RETURNED (4)', COALESCE(CAST(h.state AS TEXT), 'no hold')
  FROM orders.purchase p
  LEFT JOIN inventory.hold h ON h.order_id = p.order_id
        AND h.attempt = (SELECT MAX(attempt) FROM inventory.hold m WHERE m.order_id = p.order_id)
 WHERE p.status IN (8, 10) AND p.was_paid = 1 AND COALESCE(h.state, -1) <> 4
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o WHERE o.published_at IS NULL AND o.key = p.order_id))sql";

constexpr const char* warehouse_ahead = R"sql(
SELECT w.order_id, 'READY_TO_SHIP or beyond', 'status ' || CAST(p.status AS TEXT)
  FROM warehouse.pick_order w JOIN orders.purchase p ON p.order_id = w.order_id
 WHERE w.state = 2 AND p.status IN (1, 2, 3)
   AND NOT EXISTS (SELECT 1 FROM warehouse.outbox o WHERE o.published_at IS NULL AND o.key = w.order_id))sql";

// Every change that its buyer hears of is one notice, unless the news of it is still on its way.
constexpr const char* notices_differ = R"sql(
SELECT k.order_id || ' status ' || CAST(k.status AS TEXT), CAST(COALESCE(h.changes, 0) AS TEXT),
       CAST(COALESCE(n.notices, 0) AS TEXT)
  FROM (SELECT order_id, status FROM orders.history WHERE status > 1
        UNION SELECT order_id, status FROM notifications.notice WHERE change IS NULL) k
  LEFT JOIN (SELECT order_id, status, COUNT(*) AS changes FROM orders.history GROUP BY order_id, status) h
         ON h.order_id = k.order_id AND h.status = k.status
  LEFT JOIN (SELECT order_id, status, COUNT(*) AS notices FROM notifications.notice
              WHERE change IS NULL GROUP BY order_id, status) n
         ON n.order_id = k.order_id AND n.status = k.status
 WHERE COALESCE(n.notices, 0) > COALESCE(h.changes, 0)
    OR (COALESCE(n.notices, 0) < COALESCE(h.changes, 0)
        AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                         WHERE o.published_at IS NULL AND o.type = 'orders.OrderStatusChanged'
                           AND o.key = k.order_id)))sql";

// In the order of the versions: a clock that was set back tells nothing about it.
constexpr const char* notices_out_of_order = R"sql(
SELECT n.order_id || ' notice ' || CAST(n.seq AS TEXT), 'a status after ' || CAST(n.before AS TEXT),
       CAST(n.status AS TEXT)
  FROM (SELECT order_id, seq, status, LAG(status) OVER (PARTITION BY user_id, order_id ORDER BY seq) AS before
          FROM notifications.notice WHERE change IS NULL) n
 WHERE n.before IS NOT NULL
   AND (SELECT MAX(h.version) FROM orders.history h WHERE h.order_id = n.order_id AND h.status = n.status)
       <= (SELECT MIN(h.version) FROM orders.history h WHERE h.order_id = n.order_id AND h.status = n.before))sql";

constexpr const char* refusal_untold = R"sql(
SELECT p.order_id, 'a notice that the cancel came too late', 'none'
  FROM orders.purchase p
 WHERE p.cancel_refused = 1
   AND NOT EXISTS (SELECT 1 FROM notifications.notice n WHERE n.user_id = p.user_id AND n.order_id = p.order_id
                      AND n.change = 100)
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.OrderCancelRefused'
                      AND o.key = p.order_id))sql";

constexpr const char* feed_gaps = R"sql(
SELECT k.user_id, CAST(COALESCE(n.last, 0) AS TEXT) || ' in all',
       'last ' || COALESCE(CAST(f.last_seq AS TEXT), 'none') || ', ' || CAST(COALESCE(n.notices, 0) AS TEXT)
       || ' there'
  FROM (SELECT user_id FROM notifications.feed UNION SELECT user_id FROM notifications.notice) k
  LEFT JOIN notifications.feed f ON f.user_id = k.user_id
  LEFT JOIN (SELECT user_id, MAX(seq) AS last, MIN(seq) AS first, COUNT(*) AS notices
               FROM notifications.notice GROUP BY user_id) n ON n.user_id = k.user_id
 WHERE f.last_seq IS NULL OR n.last IS NULL OR f.last_seq <> n.last OR n.last - n.first + 1 <> n.notices)sql";

}  // namespace

std::vector<Audit> message_audits() {
  constexpr const char* heard_of = "2, 3, 4, 5, 6, 7, 8, 9, 10, 11";
  std::vector<Audit> audits = {
      {"I20",
       "orders.outbox",
       "every change of an order is told",
       {"orders"},
       told("orders.OrderStatusChanged", heard_of)},
      {"I20",
       "orders.outbox",
       "every payment of an order is told",
       {"orders"},
       told("orders.OrderPaid", "2")},
      {"I20",
       "orders.outbox",
       "no change is told that did not happen",
       {"orders"},
       happened("orders.OrderStatusChanged", heard_of)},
      {"I20",
       "orders.outbox",
       "no payment is told that did not happen",
       {"orders"},
       happened("orders.OrderPaid", "2")},
      {"I20",
       "warehouse.pick_order",
       "a paid order has come to the warehouse",
       {"orders", "warehouse"},
       unpicked},
      {"I20",
       "inventory.hold",
       "the goods of a paid order that was cancelled are back",
       {"orders", "inventory"},
       goods_not_back},
      {"I20",
       "notifications.notice",
       "each change of an order is one notice",
       {"notifications", "orders"},
       notices_differ},
      {"I20",
       "notifications.notice",
       "the notices of an order are in its order",
       {"notifications", "orders"},
       notices_out_of_order},
      {"I20",
       "notifications.notice",
       "the buyer hears of a cancel that came too late",
       {"notifications", "orders"},
       refusal_untold},
      {"I20",
       "notifications.feed",
       "a buyer's notices are numbered without a gap",
       {"notifications"},
       feed_gaps},
      {"I20", "orders.purchase", "what is packed is ready to ship", {"warehouse", "orders"}, warehouse_ahead},
  };
  for (const auto& delivery : deliveries) audits.push_back(delivered(delivery));
  for (const char* module :
       {"inventory", "orders", "payments", "warehouse", "notifications", "catalog", "security"}) {
    audits.push_back(given_up(module));
  }
  return audits;
}

}  // namespace bramble::check
