-- I20 warehouse.pick_order
-- A paid order has come to the warehouse.
SELECT p.order_id, 'a pick order', 'none'
  FROM orders.purchase p LEFT JOIN warehouse.pick_order w ON w.order_id = p.order_id
 WHERE p.status IN (${OrderStatus.PAID}, ${OrderStatus.ASSEMBLING}, ${OrderStatus.READY_TO_SHIP},
                    ${OrderStatus.IN_TRANSIT}, ${OrderStatus.AT_PICKUP_POINT}, ${OrderStatus.DELIVERED})
   AND w.order_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.OrderPaid' AND o.key = p.order_id);
