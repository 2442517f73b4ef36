-- I20 notifications.notice
-- Each change of an order is one notice.
-- Unless the news of the change is still on its way.
SELECT k.order_id || ' status ' || CAST(k.status AS TEXT), CAST(COALESCE(h.changes, 0) AS TEXT),
       CAST(COALESCE(n.notices, 0) AS TEXT)
  FROM (SELECT order_id, status FROM notifications.notice WHERE change IS NULL
        UNION
        SELECT order_id, status FROM orders.history
         WHERE status NOT IN (${OrderStatus.NEW}, ${OrderStatus.PENDING_PAYMENT})) k
  LEFT JOIN (SELECT order_id, status, COUNT(*) AS changes FROM orders.history GROUP BY order_id, status) h
         ON h.order_id = k.order_id AND h.status = k.status
  LEFT JOIN (SELECT order_id, status, COUNT(*) AS notices FROM notifications.notice
              WHERE change IS NULL GROUP BY order_id, status) n
         ON n.order_id = k.order_id AND n.status = k.status
 WHERE COALESCE(n.notices, 0) > COALESCE(h.changes, 0)
    OR (COALESCE(n.notices, 0) < COALESCE(h.changes, 0)
        AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                         WHERE o.published_at IS NULL AND o.type = 'orders.OrderStatusChanged'
                           AND o.key = k.order_id));
