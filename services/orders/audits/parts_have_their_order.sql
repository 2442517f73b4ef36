-- I17 orders.history
-- Every history and every item has its order.
SELECT k.order_id, 'an order', 'none'
  FROM (SELECT order_id FROM orders.history UNION SELECT order_id FROM orders.item) k
  LEFT JOIN orders.purchase p ON p.order_id = k.order_id
 WHERE p.order_id IS NULL;
