// Goods that were not there when they were to be picked: what the warehouse found, what inventory struck off,
// what orders decided, what the bank gave back and what the buyer heard are one story (0002_*.sql of the
// services).
#include "app/check/audit.h"

namespace bramble::check {
namespace {

constexpr const char* not_heard = R"sql(
SELECT w.order_id || ' ' || w.short_id, CAST(w.quantity AS TEXT) || ' of ' || w.sku_id || ' at ' || w.site_id,
       COALESCE(CAST(s.quantity AS TEXT) || ' of ' || s.sku_id || ' at ' || s.site_id, 'none')
  FROM warehouse.pick_short w
  LEFT JOIN orders.short_pick s ON s.order_id = w.order_id AND s.short_id = w.short_id
 WHERE (s.short_id IS NULL OR s.quantity <> w.quantity OR s.sku_id <> w.sku_id OR s.site_id <> w.site_id)
   AND NOT EXISTS (SELECT 1 FROM warehouse.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'warehouse.PickShort' AND o.key = w.order_id))sql";

constexpr const char* not_answered = R"sql(
SELECT w.order_id || ' ' || w.short_id, CASE WHEN s.state > 0 THEN 'decided' ELSE 'undecided' END,
       CASE WHEN w.decided = 1 THEN 'decided' ELSE 'undecided' END
  FROM warehouse.pick_short w
  JOIN orders.short_pick s ON s.order_id = w.order_id AND s.short_id = w.short_id
 WHERE w.decided <> CASE WHEN s.state > 0 THEN 1 ELSE 0 END
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.PickShortDecided'
                      AND o.key = w.order_id))sql";

// What is decided is off inventory's books, with as much in its place; nothing is off them that nobody
// missed.
constexpr const char* not_struck = R"sql(
SELECT s.order_id || ' ' || s.short_id,
       CAST(s.quantity AS TEXT) || ' struck ' || CAST(s.replaced AS TEXT) || ' replaced',
       COALESCE(CAST(m.quantity AS TEXT), 'none') || ' struck ' || CAST(COALESCE(r.units, 0) AS TEXT) || ' replaced'
  FROM orders.short_pick s
  LEFT JOIN inventory.short_pick m ON m.order_id = s.order_id AND m.short_id = s.short_id
        AND m.sku_id = s.sku_id AND m.site_id = s.site_id
  LEFT JOIN (SELECT order_id, short_id, SUM(quantity) AS units FROM inventory.short_replacement
              GROUP BY order_id, short_id) r ON r.order_id = s.order_id AND r.short_id = s.short_id
 WHERE s.state > 0 AND (m.quantity IS NULL OR m.quantity <> s.quantity
        OR m.for_sale <> CASE s.reason WHEN 3 THEN 1 ELSE 0 END OR COALESCE(r.units, 0) <> s.replaced))sql";

constexpr const char* struck_for_nothing = R"sql(
SELECT m.order_id || ' ' || m.short_id, 'a short pick', 'none'
  FROM inventory.short_pick m
  LEFT JOIN orders.short_pick s ON s.order_id = m.order_id AND s.short_id = m.short_id
 WHERE s.short_id IS NULL)sql";

constexpr const char* cancelled_units = R"sql(
SELECT s.order_id || ' ' || s.short_id,
       CAST(s.cancelled AS TEXT) || ' for ' || CAST(s.refund_minor AS TEXT),
       CAST(COALESCE(i.units, 0) AS TEXT) || ' for ' || CAST(COALESCE(i.sum, 0) AS TEXT)
  FROM orders.short_pick s
  LEFT JOIN (SELECT order_id, short_id, COUNT(*) AS units, SUM(price_minor) AS sum FROM orders.item
              WHERE short_id IS NOT NULL GROUP BY order_id, short_id) i
         ON i.order_id = s.order_id AND i.short_id = s.short_id
 WHERE s.cancelled <> COALESCE(i.units, 0) OR s.refund_minor <> COALESCE(i.sum, 0)
    OR (s.state > 0 AND s.replaced + s.cancelled <> s.quantity))sql";

constexpr const char* unsettled = R"sql(
SELECT s.order_id || ' ' || s.short_id, 'settled, or a job', 'state ' || CAST(s.state AS TEXT)
  FROM orders.short_pick s
 WHERE s.state IN (0, 1)
   AND NOT EXISTS (SELECT 1 FROM orders.jobs j
                    WHERE j.key = s.order_id AND j.type = 'orders.SettleShorts' AND j.dead_at IS NULL))sql";

// The price of what was cancelled was asked of the bank, once, unless all of the order's money is going back.
constexpr const char* refund_differs = R"sql(
SELECT s.order_id || ' ' || s.short_id, CAST(s.refund_minor AS TEXT),
       COALESCE(CAST(r.amount_minor AS TEXT) || CASE WHEN r.done = 1 THEN ' done' ELSE ' asked' END, 'none')
  FROM orders.short_pick s
  LEFT JOIN payments.refund r ON r.order_id = s.order_id AND r.key = s.short_id
  LEFT JOIN payments.payment p ON p.order_id = s.order_id
        AND p.number = (SELECT MAX(q.number) FROM payments.payment q WHERE q.order_id = s.order_id)
 WHERE (s.state IN (2, 3) AND s.cancelled > 0 AND r.amount_minor IS NULL AND COALESCE(p.wish, 0) = 0)
    OR r.amount_minor <> s.refund_minor
    OR (s.state = 3 AND COALESCE(r.done, 1) = 0))sql";

constexpr const char* refund_for_nothing = R"sql(
SELECT r.order_id || ' ' || r.key, 'a short pick', 'none'
  FROM payments.refund r
  LEFT JOIN orders.short_pick s ON s.order_id = r.order_id AND s.short_id = r.key
 WHERE s.short_id IS NULL OR s.state = 0)sql";

// Refunds are done in the order of their numbers: those that are fit into what the bank has refunded.
constexpr const char* refund_sums = R"sql(
SELECT p.payment_id, 'at most ' || CAST(p.captured_minor AS TEXT) || ', done at most '
       || CAST(p.refunded_minor AS TEXT), CAST(r.asked AS TEXT) || ', done ' || CAST(r.done AS TEXT)
  FROM payments.payment p
  JOIN (SELECT payment_id, SUM(amount_minor) AS asked, SUM(CASE WHEN done = 1 THEN amount_minor ELSE 0 END) AS done
          FROM payments.refund GROUP BY payment_id) r ON r.payment_id = p.payment_id
 WHERE r.asked > p.captured_minor OR r.done > p.refunded_minor)sql";

constexpr const char* notices_differ = R"sql(
SELECT s.order_id, 'replaced ' || CAST(s.replaced AS TEXT) || ' cancelled ' || CAST(s.cancelled AS TEXT),
       'replaced ' || CAST(COALESCE(n.replaced, 0) AS TEXT) || ' cancelled ' || CAST(COALESCE(n.cancelled, 0) AS TEXT)
  FROM (SELECT order_id, SUM(CASE WHEN replaced > 0 THEN 1 ELSE 0 END) AS replaced,
               SUM(CASE WHEN cancelled > 0 THEN 1 ELSE 0 END) AS cancelled
          FROM orders.short_pick GROUP BY order_id) s
  LEFT JOIN (SELECT order_id, SUM(CASE WHEN change = 0 THEN 1 ELSE 0 END) AS replaced,
                    SUM(CASE WHEN change IN (1, 3) THEN 1 ELSE 0 END) AS cancelled
               FROM notifications.notice WHERE change IS NOT NULL GROUP BY order_id) n ON n.order_id = s.order_id
 WHERE (s.replaced <> COALESCE(n.replaced, 0) OR s.cancelled <> COALESCE(n.cancelled, 0))
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.OrderItemsChanged'
                      AND o.key = s.order_id))sql";

}  // namespace

std::vector<Audit> short_pick_audits() {
  return {
      {"I20", "orders.short_pick", "what was missing has come to orders", {"warehouse", "orders"}, not_heard},
      {"I20",
       "warehouse.pick_short",
       "what orders decided has come back",
       {"orders", "warehouse"},
       not_answered},
      {"I6", "inventory.short_pick", "what is missing is not for sale", {"orders", "inventory"}, not_struck},
      {"I6",
       "inventory.short_pick",
       "only what is missing is struck off",
       {"orders", "inventory"},
       struck_for_nothing},
      {"I17", "orders.short_pick", "a short pick cancels its own units", {"orders"}, cancelled_units},
      {"I20", "orders.short_pick", "a short pick is settled, or will be", {"orders"}, unsettled},
      {"I11",
       "payments.refund",
       "each cancelled unit is refunded once, at its price",
       {"orders", "payments"},
       refund_differs},
      {"I11",
       "payments.refund",
       "nothing is refunded that was not cancelled",
       {"orders", "payments"},
       refund_for_nothing},
      {"I11",
       "payments.refund",
       "refunds are at most the captures, and at the bank",
       {"payments"},
       refund_sums},
      {"I20",
       "notifications.notice",
       "the buyer hears of each short pick",
       {"orders", "notifications"},
       notices_differ},
  };
}

}  // namespace bramble::check
