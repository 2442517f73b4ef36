-- I12 sandbox.bank_payments
-- The bank captures an order at most once.
SELECT order_id, '1', CAST(COUNT(*) AS TEXT)
  FROM sandbox.bank_payments
 WHERE captured_minor > 0
 GROUP BY order_id HAVING COUNT(*) > 1;
