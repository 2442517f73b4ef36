// The life of orders, their totals and the answers kept for them (services/orders/schema).
#include "app/check/audit.h"

namespace bramble::check {
namespace {

// The edges of the order's life, written down once more: 0 new, 1 PENDING_PAYMENT, 2 PAID, 3 ASSEMBLING,
// 4 READY_TO_SHIP, 5 IN_TRANSIT, 6 AT_PICKUP_POINT, 7 DELIVERED, 8 CANCELLED, 9 EXPIRED, 10 REFUNDED, 11
// RETURNED. Late money finds an expired order's goods again (9 → 2) or goes back (9 → 10).
constexpr const char* undeclared_edges = R"sql(
WITH edge(a, b) AS (VALUES (0, 1), (0, 8), (1, 2), (1, 9), (1, 8), (2, 3), (2, 4), (2, 8), (3, 4), (3, 8),
      (4, 5),
                           (5, 6), (6, 7), (6, 11), (7, 11), (11, 10), (8, 10), (9, 2), (9, 10)),
     step AS (SELECT order_id, version, status,
                     COALESCE(LAG(status) OVER (PARTITION BY order_id ORDER BY version), 0) AS before
                FROM orders.history)
SELECT s.order_id || ' version ' || CAST(s.version AS TEXT), 'a declared edge',
       CAST(s.before AS TEXT) || ' to ' || CAST(s.status AS TEXT)
  FROM step s LEFT JOIN edge e ON e.a = s.before AND e.b = s.status WHERE e.a IS NULL)sql";

constexpr const char* version_gaps = R"sql(
SELECT h.order_id, '1 to ' || CAST(MAX(h.version) AS TEXT),
       CAST(COUNT(*) AS TEXT) || ' changes from ' || CAST(MIN(h.version) AS TEXT)
  FROM orders.history h GROUP BY h.order_id HAVING MIN(h.version) <> 1 OR MAX(h.version) <> COUNT(*))sql";

constexpr const char* rebuilt_state = R"sql(
SELECT p.order_id,
       'status ' || CAST(COALESCE(h.status, 0) AS TEXT) || ' version ' || CAST(COALESCE(h.version, 0) AS
             TEXT),
       'status ' || CAST(p.status AS TEXT) || ' version ' || CAST(p.version AS TEXT)
  FROM orders.purchase p
  LEFT JOIN orders.history h ON h.order_id = p.order_id
        AND h.version = (SELECT MAX(version) FROM orders.history m WHERE m.order_id = p.order_id)
 WHERE p.status <> COALESCE(h.status, 0) OR p.version <> COALESCE(h.version, 0))sql";

constexpr const char* total_differs = R"sql(
SELECT p.order_id, CAST(COALESCE(i.sum, 0) AS TEXT), CAST(p.total_minor AS TEXT)
  FROM orders.purchase p
  LEFT JOIN (SELECT order_id, SUM(price_minor) AS sum FROM orders.item GROUP BY order_id) i
         ON i.order_id = p.order_id
 WHERE p.total_minor <> COALESCE(i.sum, 0))sql";

constexpr const char* price_differs = R"sql(
SELECT i.order_id || ' ' || i.item_id, COALESCE(CAST(c.price_minor AS TEXT), 'no such version of the price'),
       CAST(i.price_minor AS TEXT) || ' version ' || CAST(i.price_version AS TEXT)
  FROM orders.item i LEFT JOIN catalog.price c ON c.sku_id = i.sku_id AND c.version = i.price_version
 WHERE c.price_minor IS NULL OR c.price_minor <> i.price_minor)sql";

// An order that is there for its buyer has its answer kept with it, for as long as keys are kept (a day; what
// is older than 23 hours, counted from the newest, may be gone).
constexpr const char* answer_missing = R"sql(
SELECT p.order_id, 'an answer kept for ' || p.idempotency_key,
       CASE WHEN k.key IS NULL THEN 'no key' ELSE 'no answer' END
  FROM orders.purchase p
  LEFT JOIN orders.idempotency k
         ON k.principal = p.user_id AND k.route = 'orders.create' AND k.key = p.idempotency_key
 WHERE p.status > 0 AND k.reply IS NULL
   AND EXISTS (SELECT 1 FROM orders.history h WHERE h.order_id = p.order_id AND h.status = 1)
   AND p.created_at > (SELECT MAX(created_at) FROM orders.purchase) - 82800000000)sql";

// A unit that was cancelled as missing is CANCELLED until its money is back, and REFUNDED then.
constexpr const char* item_status = R"sql(
SELECT i.order_id || ' ' || i.item_id, CAST(i.wanted AS TEXT), CAST(i.status AS TEXT)
  FROM (SELECT i.order_id, i.item_id, i.status,
               CASE WHEN i.short_id IS NULL THEN p.status WHEN s.state = 3 THEN 10 ELSE 8 END AS wanted
          FROM orders.item i JOIN orders.purchase p ON p.order_id = i.order_id
          LEFT JOIN orders.short_pick s ON s.order_id = i.order_id AND s.short_id = i.short_id) i
 WHERE i.status <> i.wanted)sql";

}  // namespace

std::vector<Audit> order_audits() {
  return {
      {"I13", "orders.purchase", "the total is the sum of the items", {"orders"}, total_differs},
      {"I13",
       "orders.item",
       "an item was sold at its price of the version it names",
       {"orders", "catalog"},
       price_differs},
      {"I17", "orders.history", "the status moves only along declared edges", {"orders"}, undeclared_edges},
      {"I17", "orders.history", "the version grows by one", {"orders"}, version_gaps},
      {"I17", "orders.purchase", "the history rebuilds the order", {"orders"}, rebuilt_state},
      {"I17",
       "orders.item",
       "an item's status is its order's, or that of its short pick",
       {"orders"},
       item_status},
      {"I16",
       "orders.purchase",
       "no packed or closed order has an unanswered wish to cancel",
       {"orders"},
       "SELECT order_id, 'answered', 'status ' || CAST(status AS TEXT) || ', the wish is open'"
       " FROM orders.purchase WHERE cancel_requested = 1 AND status NOT IN (1, 2, 3)"},
      {"I17",
       "orders.history",
       "no history and no item without an order",
       {"orders"},
       "SELECT k.order_id, 'an order', 'none' FROM (SELECT order_id FROM orders.history UNION"
       " SELECT order_id FROM orders.item) k LEFT JOIN orders.purchase p ON p.order_id = k.order_id"
       " WHERE p.order_id IS NULL"},
      {"I16",
       "orders.staff_action",
       "what staff began has a job until it ends",
       {"orders"},
       "SELECT a.order_id || ' ' || a.action_id, 'done, refused or failed', 'under way without a job'"
       " FROM orders.staff_action a WHERE a.state = 0 AND NOT EXISTS (SELECT 1 FROM orders.jobs j"
       " WHERE j.type = 'orders.FinishStaffActions' AND j.key = a.order_id)"},
      {"I19",
       "orders.purchase",
       "one key makes at most one order that can be paid",
       {"orders"},
       "SELECT user_id || ' ' || idempotency_key, '1', CAST(COUNT(*) AS TEXT) FROM orders.purchase p"
       " WHERE EXISTS (SELECT 1 FROM orders.history h WHERE h.order_id = p.order_id AND h.status = 1)"
       " GROUP BY user_id, idempotency_key HAVING COUNT(*) > 1"},
      {"I19", "orders.idempotency", "an order and its answer are kept together", {"orders"}, answer_missing},
  };
}

}  // namespace bramble::check
