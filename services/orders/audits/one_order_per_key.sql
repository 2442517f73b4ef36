-- I19 orders.purchase
-- One key makes at most one order that can be paid.
SELECT user_id || ' ' || idempotency_key, '1', CAST(COUNT(*) AS TEXT)
  FROM orders.purchase p
 WHERE EXISTS (SELECT 1 FROM orders.history h
                WHERE h.order_id = p.order_id AND h.status = ${OrderStatus.PENDING_PAYMENT})
 GROUP BY user_id, idempotency_key HAVING COUNT(*) > 1;
