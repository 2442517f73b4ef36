-- I3 inventory.hold
-- Every hold has its order.
SELECT h.order_id, 'an order', 'none'
  FROM inventory.hold h LEFT JOIN orders.purchase p ON p.order_id = h.order_id
 WHERE p.order_id IS NULL;
