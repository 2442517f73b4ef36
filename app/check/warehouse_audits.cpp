// Physical stock: bins, their movements, pick tasks (services/warehouse/schema).
#include "app/check/audit.h"

namespace bramble::check {
namespace {

// The numbers of a bin, added up again from its movements.
constexpr const char* bin_sums = R"sql(
SELECT k.sku_id || ' at ' || k.site_id || ' in ' || k.bin,
       'on hand ' || CAST(COALESCE(m.came, 0) AS TEXT) || ' reserved ' || CAST(COALESCE(m.reserved, 0) AS
             TEXT)
       || ' picked ' || CAST(COALESCE(m.picked, 0) AS TEXT)
       || ' quarantined ' || CAST(COALESCE(m.quarantined, 0) AS TEXT),
       COALESCE('on hand ' || CAST(b.on_hand AS TEXT) || ' reserved ' || CAST(b.reserved AS TEXT) ||
             ' picked ' || CAST(b.picked AS TEXT) || ' quarantined ' || CAST(b.quarantined AS TEXT),
             'no such bin')
  FROM (SELECT site_id, sku_id, bin FROM warehouse.bin_stock
        UNION SELECT site_id, sku_id, bin FROM warehouse.movement) k
  LEFT JOIN warehouse.bin_stock b ON b.site_id = k.site_id AND b.sku_id = k.sku_id AND b.bin = k.bin
  LEFT JOIN (SELECT site_id, sku_id, bin,
                    SUM(CASE WHEN kind IN ('received', 'quarantined') THEN quantity
                             WHEN kind IN ('written_off', 'moved_out', 'receipt_undone') THEN -quantity ELSE 0 END) AS came,
                    SUM(CASE WHEN kind = 'reserved' THEN quantity
                             WHEN kind IN ('unreserved', 'picked', 'written_off', 'moved_out')
                             THEN -quantity ELSE 0 END) AS reserved,
                    SUM(CASE kind WHEN 'quarantined' THEN quantity ELSE 0 END) AS quarantined,
                    SUM(CASE kind WHEN 'picked' THEN quantity WHEN 'unpicked' THEN -quantity ELSE 0 END) AS
                          picked
               FROM warehouse.movement GROUP BY site_id, sku_id, bin) m
         ON m.site_id = k.site_id AND m.sku_id = k.sku_id AND m.bin = k.bin
 WHERE b.bin IS NULL OR b.on_hand <> COALESCE(m.came, 0) OR b.reserved <> COALESCE(m.reserved, 0)
    OR b.picked <> COALESCE(m.picked, 0) OR b.quarantined <> COALESCE(m.quarantined, 0))sql";

// What is reserved and picked in a bin is for tasks; what was packed stays picked until it leaves the site.
constexpr const char* bin_tasks = R"sql(
SELECT b.sku_id || ' at ' || b.site_id || ' in ' || b.bin,
       'reserved ' || CAST(COALESCE(t.open, 0) AS TEXT) || ' picked ' || CAST(COALESCE(t.picked, 0) AS TEXT),
       'reserved ' || CAST(b.reserved AS TEXT) || ' picked ' || CAST(b.picked AS TEXT)
  FROM warehouse.bin_stock b
  LEFT JOIN (SELECT t.site_id, l.sku_id, l.bin, SUM(l.quantity - l.picked - l.missing) AS open,
                    SUM(l.picked) AS picked
               FROM warehouse.pick_task t JOIN warehouse.pick_line l ON l.task_id = t.task_id
              WHERE t.status <> 2 GROUP BY t.site_id, l.sku_id, l.bin) t
         ON t.site_id = b.site_id AND t.sku_id = b.sku_id AND t.bin = b.bin
 WHERE b.reserved <> COALESCE(t.open, 0) OR b.picked <> COALESCE(t.picked, 0))sql";

constexpr const char* granted_received = R"sql(
SELECT k.sku_id || ' at ' || k.site_id, CAST(COALESCE(m.units, 0) AS TEXT), CAST(COALESCE(g.units, 0) AS TEXT)
  FROM (SELECT sku_id, site_id FROM warehouse.movement WHERE kind = 'received'
        UNION SELECT sku_id, site_id FROM inventory.sell_grant) k
  LEFT JOIN (SELECT sku_id, site_id, SUM(quantity) AS units FROM warehouse.movement WHERE kind = 'received'
              GROUP BY sku_id, site_id) m ON m.sku_id = k.sku_id AND m.site_id = k.site_id
  LEFT JOIN (SELECT sku_id, site_id, SUM(quantity) AS units FROM inventory.sell_grant GROUP BY sku_id,
        site_id) g
         ON g.sku_id = k.sku_id AND g.site_id = k.site_id
 WHERE COALESCE(g.units, 0) > COALESCE(m.units, 0)
    OR (COALESCE(g.units, 0) < COALESCE(m.units, 0)
        AND NOT EXISTS (SELECT 1 FROM warehouse.outbox o
                         WHERE o.published_at IS NULL AND o.type = 'warehouse.SellRightsGranted'
                           AND o.key = k.site_id)))sql";

// Of an order's units, those that were cancelled as missing are no more on any task, and those that come from
// elsewhere are on another.
constexpr const char* task_units = R"sql(
SELECT k.order_id || ' ' || k.sku_id, CAST(COALESCE(i.units, 0) AS TEXT),
       CAST(COALESCE(t.units, 0) - COALESCE(s.units, 0) AS TEXT)
  FROM (SELECT t.order_id, l.sku_id FROM warehouse.pick_task t JOIN warehouse.pick_line l ON l.task_id =
        t.task_id
        UNION SELECT i.order_id, i.sku_id FROM orders.item i
               JOIN warehouse.pick_order p ON p.order_id = i.order_id AND p.state IN (0, 1, 2)) k
  LEFT JOIN (SELECT t.order_id, l.sku_id, SUM(l.quantity) AS units
               FROM warehouse.pick_task t JOIN warehouse.pick_line l ON l.task_id = t.task_id
              GROUP BY t.order_id, l.sku_id) t ON t.order_id = k.order_id AND t.sku_id = k.sku_id
  LEFT JOIN (SELECT order_id, sku_id, SUM(quantity) AS units FROM warehouse.pick_short WHERE decided = 1
              GROUP BY order_id, sku_id) s ON s.order_id = k.order_id AND s.sku_id = k.sku_id
  LEFT JOIN (SELECT order_id, sku_id, COUNT(*) AS units FROM orders.item WHERE short_id IS NULL
              GROUP BY order_id, sku_id) i
         ON i.order_id = k.order_id AND i.sku_id = k.sku_id
 WHERE COALESCE(t.units, 0) - COALESCE(s.units, 0) <> COALESCE(i.units, 0)
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.PickShortDecided'
                      AND o.key = k.order_id))sql";

// Not found (0) and wrong goods (2) are written off, damaged (1) is moved to quarantine, what was called off
// (3) lies where it lay, for others; without a bin there was nothing to move.
constexpr const char* short_unmoved = R"sql(
SELECT s.short_id, CASE s.reason WHEN 1 THEN 'moved_out ' WHEN 3 THEN 'put back ' ELSE 'written_off ' END || CAST(s.quantity AS TEXT),
       COALESCE(m.kind || ' ' || CAST(m.quantity AS TEXT), 'nothing moved')
  FROM warehouse.pick_short s
  LEFT JOIN warehouse.movement m ON m.document = s.short_id AND m.site_id = s.site_id AND m.sku_id = s.sku_id
        AND m.bin = s.bin AND m.kind IN ('written_off', 'moved_out', 'unreserved', 'unpicked')
 WHERE s.bin <> '' AND (m.quantity IS NULL OR m.quantity <> s.quantity
    OR (s.reason = 3 AND m.kind NOT IN ('unreserved', 'unpicked'))
    OR (s.reason <> 3 AND m.kind <> CASE s.reason WHEN 1 THEN 'moved_out' ELSE 'written_off' END)))sql";

constexpr const char* quarantine_pairs = R"sql(
SELECT m.document || ' ' || m.sku_id || ' at ' || m.site_id, CAST(SUM(m.left_bin) AS TEXT),
       CAST(SUM(m.came) AS TEXT)
  FROM (SELECT document, sku_id, site_id, CASE kind WHEN 'moved_out' THEN quantity ELSE 0 END AS left_bin,
               CASE kind WHEN 'quarantined' THEN quantity ELSE 0 END AS came
          FROM warehouse.movement WHERE kind IN ('moved_out', 'quarantined')) m
 GROUP BY m.document, m.sku_id, m.site_id HAVING SUM(m.left_bin) <> SUM(m.came))sql";

// What went off the shelf since its receipt was undone is what inventory may sell no more.
constexpr const char* undone_withdrawn = R"sql(
SELECT k.document || ' ' || k.sku_id, CAST(COALESCE(m.units, 0) AS TEXT), CAST(COALESCE(w.quantity, 0) AS TEXT)
  FROM (SELECT document, sku_id, site_id FROM warehouse.movement WHERE kind = 'receipt_undone'
        UNION SELECT document, sku_id, site_id FROM inventory.withdrawal) k
  LEFT JOIN (SELECT document, sku_id, site_id, SUM(quantity) AS units FROM warehouse.movement
              WHERE kind = 'receipt_undone' GROUP BY document, sku_id, site_id) m
         ON m.document = k.document AND m.sku_id = k.sku_id AND m.site_id = k.site_id
  LEFT JOIN inventory.withdrawal w ON w.document = k.document AND w.sku_id = k.sku_id AND w.site_id = k.site_id
 WHERE COALESCE(m.units, 0) <> COALESCE(w.quantity, 0)
   AND NOT EXISTS (SELECT 1 FROM warehouse.receipt_undo u JOIN warehouse.jobs j ON j.key = u.receipt_id
                    WHERE u.receipt_id = k.document AND u.done = 0 AND j.type = 'warehouse.FinishUndo'
                      AND j.dead_at IS NULL))sql";

// A task is at most one worker's at a time, and each claim begins where the one before ended.
constexpr const char* claims_overlap = R"sql(
SELECT a.task_id || ' claim ' || CAST(b.number AS TEXT), 'not before ' || COALESCE(CAST(a.ended_at AS TEXT), 'the end'),
       CAST(b.since AS TEXT)
  FROM warehouse.task_claim a JOIN warehouse.task_claim b ON b.task_id = a.task_id AND b.number = a.number + 1
 WHERE a.ended_at IS NULL OR b.since < a.ended_at)sql";

constexpr const char* line_missing = R"sql(
SELECT l.task_id || ' line ' || CAST(l.line AS TEXT), CAST(COALESCE(s.units, 0) AS TEXT), CAST(l.missing AS TEXT)
  FROM warehouse.pick_line l
  LEFT JOIN (SELECT task_id, line, SUM(quantity) AS units FROM warehouse.pick_short GROUP BY task_id, line) s
         ON s.task_id = l.task_id AND s.line = l.line
 WHERE l.missing <> COALESCE(s.units, 0) OR l.picked + l.missing > l.quantity)sql";

// Who closes a paid order has asked the warehouse first, or heard from it that nothing was there.
constexpr const char* picked_for_nobody = R"sql(
SELECT w.order_id, 'cancelled (3)', CAST(w.state AS TEXT) || ', the order ' || CAST(p.status AS TEXT)
  FROM warehouse.pick_order w JOIN orders.purchase p ON p.order_id = w.order_id
 WHERE p.status IN (8, 9, 10) AND w.state <> 3
   AND NOT EXISTS (SELECT 1 FROM orders.history h WHERE h.order_id = p.order_id AND h.status = 11)
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type IN ('orders.OrderPaid', 'orders.PickShortDecided')
                      AND o.key = w.order_id))sql";

constexpr const char* open_for_nobody = R"sql(
SELECT t.task_id || ' of ' || t.order_id, 'no open task', 'the work for the order is over'
  FROM warehouse.pick_task t JOIN warehouse.pick_order w ON w.order_id = t.order_id
 WHERE t.status = 0 AND w.state IN (2, 3))sql";

// Whatever may be sold, or was sold and is on no task, lies free in a bin: rights of a hold count until its
// order's work has taken the goods.
constexpr const char* rights_without_goods = R"sql(
SELECT r.sku_id || ' at ' || r.site_id, 'at most ' || CAST(COALESCE(b.units, 0) AS TEXT), CAST(r.units AS TEXT)
  FROM (SELECT k.sku_id, k.site_id, SUM(k.units) AS units
          FROM (SELECT sku_id, site_id, granted - held - spent AS units FROM inventory.stock
                UNION ALL
                SELECT l.sku_id, l.site_id, l.quantity
                  FROM inventory.hold h
                  JOIN inventory.hold_line l ON l.order_id = h.order_id AND l.attempt = h.attempt
                 WHERE h.state IN (0, 1, 2)
                   AND NOT EXISTS (SELECT 1 FROM warehouse.pick_order w
                                    WHERE w.order_id = h.order_id AND w.state <> 3)) k
         GROUP BY k.sku_id, k.site_id) r
  LEFT JOIN (SELECT sku_id, site_id, SUM(on_hand - reserved - picked - quarantined) AS units
               FROM warehouse.bin_stock GROUP BY sku_id, site_id) b
         ON b.sku_id = r.sku_id AND b.site_id = r.site_id
 WHERE r.units > COALESCE(b.units, 0))sql";

// Goods and the work on them against what was sold.
std::vector<Audit> sale_audits() {
  return {
      {"I6",
       "warehouse.pick_order",
       "nobody picks for a closed order",
       {"warehouse", "orders"},
       picked_for_nobody},
      {"I6", "warehouse.pick_task", "no task is open once the work is over", {"warehouse"}, open_for_nobody},
      {"I4",
       "inventory.stock",
       "what may be sold lies free in a bin",
       {"inventory", "warehouse"},
       rights_without_goods},
      {"I6",
       "inventory.sell_grant",
       "what may be sold was received",
       {"inventory", "warehouse"},
       granted_received},
      {"I6",
       "warehouse.pick_line",
       "the tasks of an order are for its own units",
       {"warehouse", "orders"},
       task_units},
      {"I5",
       "warehouse.pick_task",
       "a parcel's code stands on no goods",
       {"warehouse"},
       "SELECT t.task_id, 'a code of its own', t.package_barcode || ', which stands on ' || l.sku_id"
       " FROM warehouse.pick_task t JOIN warehouse.label l ON l.barcode = t.package_barcode"},
      {"I5",
       "catalog.sku",
       "a barcode is that of one SKU, however it is written",
       {"catalog"},
       "SELECT sku_id, 'a barcode of its own', barcode || ', which another SKU has in another spelling'"
       " FROM catalog.sku WHERE barcode <> '' AND code = ''"},
  };
}

}  // namespace

std::vector<Audit> warehouse_audits() {
  std::vector<Audit> audits = {
      {"I1", "warehouse.bin_stock", "a bin is the sum of its movements", {"warehouse"}, bin_sums},
      {"I1", "warehouse.bin_stock", "what is reserved and picked is for tasks", {"warehouse"}, bin_tasks},
      {"I1",
       "warehouse.movement",
       "goods move only in known ways",
       {"warehouse"},
       "SELECT movement_id, 'a known kind', kind || ' ' || CAST(quantity AS TEXT)"
       " FROM warehouse.movement WHERE quantity <= 0"
       " OR kind NOT IN ('received', 'reserved', 'unreserved', 'picked', 'unpicked', 'written_off',"
       " 'moved_out', 'quarantined', 'receipt_undone')"},
      {"I1", "warehouse.pick_short", "a short pick has moved its goods", {"warehouse"}, short_unmoved},
      {"I1",
       "warehouse.movement",
       "what leaves a bin damaged comes to quarantine",
       {"warehouse"},
       quarantine_pairs},
      {"I1", "warehouse.pick_line", "what is missing of a line was reported", {"warehouse"}, line_missing},
      {"I5",
       "warehouse.pick_task",
       "each parcel of an order has a number of its own",
       {"warehouse"},
       "SELECT order_id || ' parcel ' || COALESCE(CAST(parcel AS TEXT), 'without a number'), '1',"
       " CAST(COUNT(*) AS TEXT) FROM warehouse.pick_task WHERE status = 1 GROUP BY order_id, parcel"
       " HAVING COUNT(*) > 1 OR parcel IS NULL"},
      {"I5", "warehouse.task_claim", "a task is one worker's at a time", {"warehouse"}, claims_overlap},
      {"I6",
       "inventory.withdrawal",
       "what was undone is not for sale",
       {"warehouse", "inventory"},
       undone_withdrawn},
      {"I1",
       "warehouse.movement",
       "what was received has its receipt",
       {"warehouse"},
       "SELECT m.movement_id, 'receipt ' || m.document, 'none' FROM warehouse.movement m"
       " LEFT JOIN warehouse.receipt r ON r.receipt_id = m.document AND r.site_id = m.site_id"
       " WHERE m.kind = 'received' AND r.receipt_id IS NULL"},
      {"I2",
       "warehouse.bin_stock",
       "no part of a bin is below zero",
       {"warehouse"},
       "SELECT sku_id || ' at ' || site_id || ' in ' || bin, 'none below 0', 'on hand ' || CAST(on_hand AS "
       "TEXT) ||"
       " ' reserved ' || CAST(reserved AS TEXT) || ' picked ' || CAST(picked AS TEXT) || ' quarantined ' ||"
       " CAST(quarantined AS TEXT) FROM warehouse.bin_stock WHERE on_hand < 0 OR reserved < 0 OR picked < 0"
       " OR quarantined < 0 OR on_hand - reserved - picked - quarantined < 0"},
  };
  auto of_sales = sale_audits();
  audits.insert(audits.end(), of_sales.begin(), of_sales.end());
  return audits;
}

}  // namespace bramble::check
