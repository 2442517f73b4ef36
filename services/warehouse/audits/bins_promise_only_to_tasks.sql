-- I1 warehouse.bin_stock
-- Goods are reserved and picked only for tasks.
-- Packed goods stay picked until they leave the site.
SELECT b.sku_id || ' at ' || b.site_id || ' in ' || b.bin,
       'reserved ' || CAST(COALESCE(t.open, 0) AS TEXT) || ' picked ' || CAST(COALESCE(t.picked, 0) AS TEXT),
       'reserved ' || CAST(b.reserved AS TEXT) || ' picked ' || CAST(b.picked AS TEXT)
  FROM warehouse.bin_stock b
  LEFT JOIN (SELECT t.site_id, l.sku_id, l.bin, SUM(l.quantity - l.picked - l.missing) AS open,
                    SUM(l.picked) AS picked
               FROM warehouse.pick_task t JOIN warehouse.pick_line l ON l.task_id = t.task_id
              WHERE t.status <> ${TaskStatus.CANCELLED}
              GROUP BY t.site_id, l.sku_id, l.bin) t
         ON t.site_id = b.site_id AND t.sku_id = b.sku_id AND t.bin = b.bin
 WHERE b.reserved <> COALESCE(t.open, 0) OR b.picked <> COALESCE(t.picked, 0);
