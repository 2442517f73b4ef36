-- I13 orders.purchase
-- The total is the sum of the items.
SELECT p.order_id, CAST(COALESCE(i.sum, 0) AS TEXT), CAST(p.total_minor AS TEXT)
  FROM orders.purchase p
  LEFT JOIN (SELECT order_id, SUM(price_minor) AS sum FROM orders.item GROUP BY order_id) i
         ON i.order_id = p.order_id
 WHERE p.total_minor <> COALESCE(i.sum, 0);
