-- I6 inventory.hold_line
-- A hold promises exactly the units of its order.
-- SKU by SKU; once the hold was claimed, only those units that no short pick has cancelled.
SELECT h.order_id || ' ' || h.sku_id || ' at ' || h.site_id,
       CAST(COALESCE(CASE WHEN h.state IN (${HoldState.CLAIMED}, ${HoldState.RETURNED}) THEN i.kept
                          ELSE i.units END, 0) AS TEXT),
       CAST(h.units AS TEXT)
  FROM (SELECT l.order_id, l.attempt, l.sku_id, MIN(d.state) AS state, MIN(l.site_id) AS site_id,
               SUM(l.quantity) AS units
          FROM inventory.hold_line l
          JOIN inventory.hold d ON d.order_id = l.order_id AND d.attempt = l.attempt
         GROUP BY l.order_id, l.attempt, l.sku_id) h
  LEFT JOIN (SELECT order_id, sku_id, COUNT(*) AS units,
                    SUM(CASE WHEN short_id IS NULL THEN 1 ELSE 0 END) AS kept
               FROM orders.item GROUP BY order_id, sku_id) i
         ON i.order_id = h.order_id AND i.sku_id = h.sku_id
 WHERE h.units <> COALESCE(CASE WHEN h.state IN (${HoldState.CLAIMED}, ${HoldState.RETURNED}) THEN i.kept
                                ELSE i.units END, 0)
   AND NOT EXISTS (SELECT 1 FROM orders.short_pick s
                    WHERE s.order_id = h.order_id AND s.state = ${ShortState.OPEN});
