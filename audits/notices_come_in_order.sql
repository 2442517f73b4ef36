-- I20 notifications.notice
-- The notices of an order come in the order of its changes.
-- Of its versions, that is: a clock that was set back changes nothing.
SELECT n.order_id || ' notice ' || CAST(n.seq AS TEXT), 'a status after ' || ${OrderStatus(n.before)},
       ${OrderStatus(n.status)}
  FROM (SELECT order_id, seq, status, LAG(status) OVER (PARTITION BY user_id, order_id ORDER BY seq) AS before
          FROM notifications.notice WHERE change IS NULL) n
 WHERE n.before IS NOT NULL
   AND (SELECT MAX(h.version) FROM orders.history h WHERE h.order_id = n.order_id AND h.status = n.status)
       <= (SELECT MIN(h.version) FROM orders.history h WHERE h.order_id = n.order_id AND h.status = n.before);
