-- I6 warehouse.pick_line
-- The tasks of an order are for its own units.
-- Units that were cancelled as missing are on no task any more; units that come from elsewhere are on
-- another.
SELECT k.order_id || ' ' || k.sku_id, CAST(COALESCE(i.units, 0) AS TEXT),
       CAST(COALESCE(t.units, 0) - COALESCE(s.units, 0) AS TEXT)
  FROM (SELECT t.order_id, l.sku_id
          FROM warehouse.pick_task t JOIN warehouse.pick_line l ON l.task_id = t.task_id
        UNION
        SELECT i.order_id, i.sku_id
          FROM orders.item i JOIN warehouse.pick_order p ON p.order_id = i.order_id
         WHERE p.state IN (${PickState.OPEN}, ${PickState.STARTED}, ${PickState.PACKED})) k
  LEFT JOIN (SELECT t.order_id, l.sku_id, SUM(l.quantity) AS units
               FROM warehouse.pick_task t JOIN warehouse.pick_line l ON l.task_id = t.task_id
              GROUP BY t.order_id, l.sku_id) t ON t.order_id = k.order_id AND t.sku_id = k.sku_id
  LEFT JOIN (SELECT order_id, sku_id, SUM(quantity) AS units FROM warehouse.pick_short
              WHERE decided = 1 GROUP BY order_id, sku_id) s
         ON s.order_id = k.order_id AND s.sku_id = k.sku_id
  LEFT JOIN (SELECT order_id, sku_id, COUNT(*) AS units FROM orders.item
              WHERE short_id IS NULL GROUP BY order_id, sku_id) i
         ON i.order_id = k.order_id AND i.sku_id = k.sku_id
 WHERE COALESCE(t.units, 0) - COALESCE(s.units, 0) <> COALESCE(i.units, 0)
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.PickShortDecided'
                      AND o.key = k.order_id);
