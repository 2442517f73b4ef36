-- I6 inventory.sell_grant
-- Goods that may be sold were received.
SELECT k.sku_id || ' at ' || k.site_id, CAST(COALESCE(m.units, 0) AS TEXT), CAST(COALESCE(g.units, 0) AS TEXT)
  FROM (SELECT sku_id, site_id FROM inventory.sell_grant
        UNION SELECT sku_id, site_id FROM warehouse.movement WHERE kind = 'received') k
  LEFT JOIN (SELECT sku_id, site_id, SUM(quantity) AS units FROM warehouse.movement
              WHERE kind = 'received' GROUP BY sku_id, site_id) m
         ON m.sku_id = k.sku_id AND m.site_id = k.site_id
  LEFT JOIN (SELECT sku_id, site_id, SUM(quantity) AS units FROM inventory.sell_grant
              GROUP BY sku_id, site_id) g
         ON g.sku_id = k.sku_id AND g.site_id = k.site_id
 WHERE COALESCE(g.units, 0) > COALESCE(m.units, 0)
    OR (COALESCE(g.units, 0) < COALESCE(m.units, 0)
        AND NOT EXISTS (SELECT 1 FROM warehouse.outbox o
                         WHERE o.published_at IS NULL AND o.type = 'warehouse.SellRightsGranted'
                           AND o.key = k.site_id));
