-- I6 inventory.stock
-- The units granted are the sum of the grants.
-- Less what was missing when it was to be picked, and what a site took back.
SELECT s.sku_id || ' at ' || s.site_id,
       CAST(COALESCE(g.units, 0) - COALESCE(m.units, 0) - COALESCE(w.units, 0) AS TEXT),
       CAST(s.granted AS TEXT)
  FROM inventory.stock s
  LEFT JOIN (SELECT sku_id, site_id, SUM(quantity) AS units FROM inventory.sell_grant
              GROUP BY sku_id, site_id) g
         ON g.sku_id = s.sku_id AND g.site_id = s.site_id
  LEFT JOIN (SELECT sku_id, site_id, SUM(quantity) AS units FROM inventory.short_pick
              WHERE for_sale = 0 GROUP BY sku_id, site_id) m
         ON m.sku_id = s.sku_id AND m.site_id = s.site_id
  LEFT JOIN (SELECT sku_id, site_id, SUM(quantity) AS units FROM inventory.withdrawal
              GROUP BY sku_id, site_id) w
         ON w.sku_id = s.sku_id AND w.site_id = s.site_id
 WHERE s.granted <> COALESCE(g.units, 0) - COALESCE(m.units, 0) - COALESCE(w.units, 0);
