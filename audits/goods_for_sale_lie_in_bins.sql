-- I4 inventory.stock
-- Goods that may be sold lie free in a bin.
-- So do goods that were sold and are on no task yet: the rights of a hold count until the work on its order
-- has taken the goods.
SELECT r.sku_id || ' at ' || r.site_id, 'at most ' || CAST(COALESCE(b.units, 0) AS TEXT),
       CAST(r.units AS TEXT)
  FROM (SELECT k.sku_id, k.site_id, SUM(k.units) AS units
          FROM (SELECT sku_id, site_id, granted - held - spent AS units FROM inventory.stock
                UNION ALL
                SELECT l.sku_id, l.site_id, l.quantity
                  FROM inventory.hold h
                  JOIN inventory.hold_line l ON l.order_id = h.order_id AND l.attempt = h.attempt
                 WHERE h.state IN (${HoldState.HELD}, ${HoldState.PAYING}, ${HoldState.CLAIMED})
                   AND NOT EXISTS (SELECT 1 FROM warehouse.pick_order w
                                    WHERE w.order_id = h.order_id AND w.state <> ${PickState.CANCELLED})) k
         GROUP BY k.sku_id, k.site_id) r
  LEFT JOIN (SELECT sku_id, site_id, SUM(on_hand - reserved - picked - quarantined) AS units
               FROM warehouse.bin_stock GROUP BY sku_id, site_id) b
         ON b.sku_id = r.sku_id AND b.site_id = r.site_id
 WHERE r.units > COALESCE(b.units, 0);
