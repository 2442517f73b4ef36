-- I20 notifications.notice
-- The buyer hears of each short pick.
SELECT s.order_id, 'replaced ' || CAST(s.replaced AS TEXT) || ' cancelled ' || CAST(s.cancelled AS TEXT),
       'replaced ' || CAST(COALESCE(n.replaced, 0) AS TEXT)
       || ' cancelled ' || CAST(COALESCE(n.cancelled, 0) AS TEXT)
  FROM (SELECT order_id, SUM(CASE WHEN replaced > 0 THEN 1 ELSE 0 END) AS replaced,
               SUM(CASE WHEN cancelled > 0 THEN 1 ELSE 0 END) AS cancelled
          FROM orders.short_pick GROUP BY order_id) s
  LEFT JOIN (SELECT order_id,
                    SUM(CASE WHEN change = ${ItemsChange.REPLACED} THEN 1 ELSE 0 END) AS replaced,
                    SUM(CASE WHEN change IN (${ItemsChange.CANCELLED}, ${ItemsChange.CALLED_OFF})
                             THEN 1 ELSE 0 END) AS cancelled
               FROM notifications.notice WHERE change IS NOT NULL GROUP BY order_id) n
         ON n.order_id = s.order_id
 WHERE (s.replaced <> COALESCE(n.replaced, 0) OR s.cancelled <> COALESCE(n.cancelled, 0))
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.OrderItemsChanged'
                      AND o.key = s.order_id);
