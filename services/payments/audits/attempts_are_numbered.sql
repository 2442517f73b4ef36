-- I12 payments.payment
-- The attempts of an order are numbered from 1 and are at most 5.
SELECT order_id, 'numbers 1 to ' || CAST(COUNT(*) AS TEXT),
       CAST(MIN(number) AS TEXT) || ' to ' || CAST(MAX(number) AS TEXT)
  FROM payments.payment
 GROUP BY order_id HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*) OR COUNT(*) > 5;
