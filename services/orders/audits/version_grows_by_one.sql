-- I17 orders.history
-- The version grows by one.
SELECT h.order_id, '1 to ' || CAST(MAX(h.version) AS TEXT),
       CAST(COUNT(*) AS TEXT) || ' changes from ' || CAST(MIN(h.version) AS TEXT)
  FROM orders.history h
 GROUP BY h.order_id HAVING MIN(h.version) <> 1 OR MAX(h.version) <> COUNT(*);
