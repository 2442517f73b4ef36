-- I20 orders.outbox
-- No payment is told that did not happen.
SELECT o.key, 'a change of the order', CAST(o.events AS TEXT) || ' events'
  FROM (SELECT key, COUNT(*) AS events FROM orders.outbox
         WHERE type = 'orders.OrderPaid' GROUP BY key) o
  LEFT JOIN (SELECT order_id, COUNT(*) AS changes
               FROM orders.history
              WHERE status = ${OrderStatus.PAID}
              GROUP BY order_id) h
         ON h.order_id = o.key
 WHERE o.events > COALESCE(h.changes, 0);
