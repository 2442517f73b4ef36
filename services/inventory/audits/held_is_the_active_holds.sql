-- I3 inventory.stock
-- The units held are the sum of the active holds.
SELECT COALESCE(s.sku_id, h.sku_id) || ' at ' || COALESCE(s.site_id, h.site_id),
       CAST(COALESCE(h.units, 0) AS TEXT), CAST(COALESCE(s.held, 0) AS TEXT)
  FROM (SELECT sku_id, site_id FROM inventory.stock
        UNION SELECT sku_id, site_id FROM inventory.hold_line) k
  LEFT JOIN inventory.stock s ON s.sku_id = k.sku_id AND s.site_id = k.site_id
  LEFT JOIN (SELECT l.sku_id, l.site_id, SUM(l.quantity) AS units
               FROM inventory.hold h
               JOIN inventory.hold_line l ON l.order_id = h.order_id AND l.attempt = h.attempt
              WHERE h.state IN (${HoldState.HELD}, ${HoldState.PAYING})
              GROUP BY l.sku_id, l.site_id) h
         ON h.sku_id = k.sku_id AND h.site_id = k.site_id
 WHERE COALESCE(s.held, 0) <> COALESCE(h.units, 0);
