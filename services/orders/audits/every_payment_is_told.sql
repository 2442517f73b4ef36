-- I20 orders.outbox
-- Every payment of an order is told.
-- Only of orders that began within the hour (in microseconds) before the newest change: events go some time
-- after their delivery.
SELECT h.order_id, CAST(h.changes AS TEXT), CAST(COALESCE(o.events, 0) AS TEXT)
  FROM (SELECT h.order_id, COUNT(*) AS changes
          FROM orders.history h
         WHERE h.status = ${OrderStatus.PAID}
           AND h.order_id IN (SELECT p.order_id FROM orders.purchase p
                               WHERE p.created_at > (SELECT MAX(at) FROM orders.history) - 3600000000)
         GROUP BY h.order_id) h
  LEFT JOIN (SELECT key, COUNT(*) AS events FROM orders.outbox
              WHERE type = 'orders.OrderPaid' GROUP BY key) o
         ON o.key = h.order_id
 WHERE h.changes <> COALESCE(o.events, 0);
