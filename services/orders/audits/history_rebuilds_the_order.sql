-- I17 orders.purchase
-- The history rebuilds the order.
SELECT p.order_id,
       ${OrderStatus(COALESCE(h.status, ${OrderStatus.NEW}))}
       || ' version ' || CAST(COALESCE(h.version, 0) AS TEXT),
       ${OrderStatus(p.status)} || ' version ' || CAST(p.version AS TEXT)
  FROM orders.purchase p
  LEFT JOIN orders.history h ON h.order_id = p.order_id
        AND h.version = (SELECT MAX(version) FROM orders.history m WHERE m.order_id = p.order_id)
 WHERE p.status <> COALESCE(h.status, ${OrderStatus.NEW}) OR p.version <> COALESCE(h.version, 0);
