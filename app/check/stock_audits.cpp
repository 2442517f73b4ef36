// Commercial stock: sell rights and the holds on them (services/inventory/schema).
#include "app/check/audit.h"

namespace bramble::check {
namespace {

// A change of a hold's state is one step of its version, so the version tells which way it came.
constexpr const char* hold_way = R"sql(
SELECT order_id || ' attempt ' || CAST(attempt AS TEXT),
       'HELD 1, PAYING 2, CLAIMED 3, RELEASED 2 or 3, RETURNED 4',
       'state ' || CAST(state AS TEXT) || ' version ' || CAST(version AS TEXT)
  FROM inventory.hold
 WHERE NOT ((state = 0 AND version = 1) OR (state = 1 AND version = 2) OR (state = 2 AND version = 3)
         OR (state = 3 AND version IN (2, 3)) OR (state = 4 AND version = 4)))sql";

constexpr const char* held_sum = R"sql(
SELECT COALESCE(s.sku_id, h.sku_id) || ' at ' || COALESCE(s.site_id, h.site_id),
       CAST(COALESCE(h.units, 0) AS TEXT), CAST(COALESCE(s.held, 0) AS TEXT)
  FROM (SELECT sku_id, site_id FROM inventory.stock
        UNION SELECT sku_id, site_id FROM inventory.hold_line) k
  LEFT JOIN inventory.stock s ON s.sku_id = k.sku_id AND s.site_id = k.site_id
  LEFT JOIN (SELECT l.sku_id, l.site_id, SUM(l.quantity) AS units
               FROM inventory.hold h JOIN inventory.hold_line l ON l.order_id = h.order_id AND l.attempt =
                     h.attempt
              WHERE h.state IN (0, 1) GROUP BY l.sku_id, l.site_id) h
         ON h.sku_id = k.sku_id AND h.site_id = k.site_id
 WHERE COALESCE(s.held, 0) <> COALESCE(h.units, 0))sql";

constexpr const char* spent_sum = R"sql(
SELECT s.sku_id || ' at ' || s.site_id, CAST(COALESCE(h.units, 0) AS TEXT), CAST(s.spent AS TEXT)
  FROM inventory.stock s
  LEFT JOIN (SELECT l.sku_id, l.site_id, SUM(l.quantity) AS units
               FROM inventory.hold h JOIN inventory.hold_line l ON l.order_id = h.order_id AND l.attempt =
                     h.attempt
              WHERE h.state = 2 GROUP BY l.sku_id, l.site_id) h
         ON h.sku_id = s.sku_id AND h.site_id = s.site_id
 WHERE s.spent <> COALESCE(h.units, 0))sql";

// What was missing when it was to be picked, and what a site took back, is granted no more.
constexpr const char* granted_sum = R"sql(
SELECT s.sku_id || ' at ' || s.site_id, CAST(COALESCE(g.units, 0) - COALESCE(m.units, 0) - COALESCE(w.units, 0) AS TEXT),
       CAST(s.granted AS TEXT)
  FROM inventory.stock s
  LEFT JOIN (SELECT sku_id, site_id, SUM(quantity) AS units FROM inventory.sell_grant GROUP BY sku_id,
        site_id) g
         ON g.sku_id = s.sku_id AND g.site_id = s.site_id
  LEFT JOIN (SELECT sku_id, site_id, SUM(quantity) AS units FROM inventory.short_pick
              WHERE for_sale = 0 GROUP BY sku_id, site_id) m
         ON m.sku_id = s.sku_id AND m.site_id = s.site_id
  LEFT JOIN (SELECT sku_id, site_id, SUM(quantity) AS units FROM inventory.withdrawal GROUP BY sku_id,
        site_id) w
         ON w.sku_id = s.sku_id AND w.site_id = s.site_id
 WHERE s.granted <> COALESCE(g.units, 0) - COALESCE(m.units, 0) - COALESCE(w.units, 0))sql";

// The units that a hold names, SKU by SKU, are the order's own: once it was claimed, those that a short pick
// has not cancelled.
constexpr const char* promised_units = R"sql(
SELECT h.order_id || ' ' || h.sku_id || ' at ' || h.site_id,
       CAST(COALESCE(CASE WHEN h.state IN (2, 4) THEN i.kept ELSE i.units END, 0) AS TEXT), CAST(h.units AS TEXT)
  FROM (SELECT l.order_id, l.attempt, l.sku_id, MIN(d.state) AS state, MIN(l.site_id) AS site_id,
               SUM(l.quantity) AS units
          FROM inventory.hold_line l
          JOIN inventory.hold d ON d.order_id = l.order_id AND d.attempt = l.attempt
         GROUP BY l.order_id, l.attempt, l.sku_id) h
  LEFT JOIN (SELECT order_id, sku_id, COUNT(*) AS units, SUM(CASE WHEN short_id IS NULL THEN 1 ELSE 0 END) AS kept
               FROM orders.item GROUP BY order_id, sku_id) i
         ON i.order_id = h.order_id AND i.sku_id = h.sku_id
 WHERE h.units <> COALESCE(CASE WHEN h.state IN (2, 4) THEN i.kept ELSE i.units END, 0)
   AND NOT EXISTS (SELECT 1 FROM orders.short_pick s WHERE s.order_id = h.order_id AND s.state = 0))sql";

constexpr const char* unpaid_claims = R"sql(
SELECT h.order_id, 'an order that was paid', COALESCE('status ' || CAST(p.status AS TEXT), 'no order')
  FROM inventory.hold h LEFT JOIN orders.purchase p ON p.order_id = h.order_id
 WHERE h.state IN (2, 4) AND COALESCE(p.was_paid, 0) = 0)sql";

// What is paid and not given up has its goods, unless the news of it is still on its way.
constexpr const char* paid_unclaimed = R"sql(
SELECT p.order_id, 'CLAIMED (2)', COALESCE(CAST(h.state AS TEXT), 'no hold')
  FROM orders.purchase p
  LEFT JOIN inventory.hold h ON h.order_id = p.order_id
        AND h.attempt = (SELECT MAX(attempt) FROM inventory.hold m WHERE m.order_id = p.order_id)
 WHERE p.status IN (2, 3, 4, 5, 6, 7) AND COALESCE(h.state, -1) <> 2
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.OrderPaid' AND o.key = p.order_id))sql";

// Nobody looks at a closed order again once it is cleaned up, and a hold that is being paid does not expire.
constexpr const char* held_for_nobody = R"sql(
SELECT h.order_id, 'let go', 'attempt ' || CAST(h.attempt AS TEXT) || ' is being paid'
  FROM inventory.hold h JOIN orders.purchase p ON p.order_id = h.order_id
 WHERE h.state = 1 AND p.status IN (8, 9, 10) AND p.was_paid = 0 AND p.cleanup = 0
   AND NOT EXISTS (SELECT 1 FROM orders.jobs j WHERE j.key = p.order_id AND j.dead_at IS NULL))sql";

}  // namespace

std::vector<Audit> stock_audits() {
  return {
      {"I2",
       "inventory.stock",
       "no number of sell rights is below zero",
       {"inventory"},
       "SELECT sku_id || ' at ' || site_id, 'none below 0', 'granted ' || CAST(granted AS TEXT) || ' held ' "
       "||"
       " CAST(held AS TEXT) || ' spent ' || CAST(spent AS TEXT) FROM inventory.stock"
       " WHERE granted < 0 OR held < 0 OR spent < 0 OR granted - held - spent < 0"},
      {"I3", "inventory.stock", "held is the sum of the active holds", {"inventory"}, held_sum},
      {"I3",
       "inventory.hold",
       "an order has at most one active hold",
       {"inventory"},
       "SELECT order_id, '1', CAST(COUNT(*) AS TEXT) FROM inventory.hold WHERE state IN (0, 1, 2)"
       " GROUP BY order_id HAVING COUNT(*) > 1"},
      {"I3",
       "inventory.hold",
       "no hold without an order",
       {"inventory", "orders"},
       "SELECT h.order_id, 'an order', 'none' FROM inventory.hold h"
       " LEFT JOIN orders.purchase p ON p.order_id = h.order_id WHERE p.order_id IS NULL"},
      {"I3",
       "inventory.hold",
       "a closed order that was not paid holds nothing",
       {"inventory", "orders"},
       held_for_nobody},
      {"I3",
       "inventory.hold_line",
       "no part of a hold without its hold",
       {"inventory"},
       "SELECT l.order_id || ' attempt ' || CAST(l.attempt AS TEXT), 'a hold', 'none' FROM "
       "inventory.hold_line l"
       " LEFT JOIN inventory.hold h ON h.order_id = l.order_id AND h.attempt = l.attempt WHERE h.order_id IS "
       "NULL"},
      {"I6", "inventory.stock", "spent is the sum of the claimed holds", {"inventory"}, spent_sum},
      {"I6", "inventory.stock", "granted is the sum of the grants", {"inventory"}, granted_sum},
      {"I6",
       "inventory.hold_line",
       "a hold promises exactly the order's units",
       {"inventory", "orders"},
       promised_units},
      {"I6",
       "orders.purchase",
       "a paid order has claimed its goods",
       {"orders", "inventory"},
       paid_unclaimed},
      {"I7",
       "inventory.hold",
       "an ended hold is never claimed, a claimed one never released",
       {"inventory"},
       hold_way},
      {"I7", "inventory.hold", "only a paid order claims", {"inventory", "orders"}, unpaid_claims},
      {"I7",
       "inventory.hold",
       "goods are held again only after the hold before was let go",
       {"inventory"},
       "SELECT order_id || ' attempt ' || CAST(attempt AS TEXT), 'RELEASED (3)', CAST(state AS TEXT)"
       " FROM inventory.hold h WHERE state <> 3 AND EXISTS (SELECT 1 FROM inventory.hold n"
       " WHERE n.order_id = h.order_id AND n.attempt > h.attempt)"},
  };
}

}  // namespace bramble::check
