-- I12 payments.payment
-- At most one of an order's attempts is captured in time.
SELECT order_id, '1', CAST(COUNT(*) AS TEXT)
  FROM payments.payment
 WHERE captured_minor > 0 AND late = 0
 GROUP BY order_id HAVING COUNT(*) > 1;
