-- I6 inventory.stock
-- The units spent are the sum of the claimed holds.
SELECT s.sku_id || ' at ' || s.site_id, CAST(COALESCE(h.units, 0) AS TEXT), CAST(s.spent AS TEXT)
  FROM inventory.stock s
  LEFT JOIN (SELECT l.sku_id, l.site_id, SUM(l.quantity) AS units
               FROM inventory.hold h
               JOIN inventory.hold_line l ON l.order_id = h.order_id AND l.attempt = h.attempt
              WHERE h.state = ${HoldState.CLAIMED}
              GROUP BY l.sku_id, l.site_id) h
         ON h.sku_id = s.sku_id AND h.site_id = s.site_id
 WHERE s.spent <> COALESCE(h.units, 0);
