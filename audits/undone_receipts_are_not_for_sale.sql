-- I6 inventory.withdrawal
-- Goods of an undone receipt are not for sale.
-- What an undone receipt took off the shelf is what inventory may sell no more.
SELECT k.document || ' ' || k.sku_id, CAST(COALESCE(m.units, 0) AS TEXT),
       CAST(COALESCE(w.quantity, 0) AS TEXT)
  FROM (SELECT document, sku_id, site_id FROM inventory.withdrawal
        UNION SELECT document, sku_id, site_id FROM warehouse.movement WHERE kind = 'receipt_undone') k
  LEFT JOIN (SELECT document, sku_id, site_id, SUM(quantity) AS units FROM warehouse.movement
              WHERE kind = 'receipt_undone' GROUP BY document, sku_id, site_id) m
         ON m.document = k.document AND m.sku_id = k.sku_id AND m.site_id = k.site_id
  LEFT JOIN inventory.withdrawal w
         ON w.document = k.document AND w.sku_id = k.sku_id AND w.site_id = k.site_id
 WHERE COALESCE(m.units, 0) <> COALESCE(w.quantity, 0)
   AND NOT EXISTS (SELECT 1 FROM warehouse.receipt_undo u JOIN warehouse.jobs j ON j.key = u.receipt_id
                    WHERE u.receipt_id = k.document AND u.done = 0 AND j.type = 'warehouse.FinishUndo'
                      AND j.dead_at IS NULL);
