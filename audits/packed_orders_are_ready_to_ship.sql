-- I20 orders.purchase
-- A packed order is ready to ship.
SELECT w.order_id, 'READY_TO_SHIP or beyond', ${OrderStatus(p.status)}
  FROM warehouse.pick_order w JOIN orders.purchase p ON p.order_id = w.order_id
 WHERE w.state = ${PickState.PACKED}
   AND p.status IN (${OrderStatus.PENDING_PAYMENT}, ${OrderStatus.PAID}, ${OrderStatus.ASSEMBLING})
   AND NOT EXISTS (SELECT 1 FROM warehouse.outbox o WHERE o.published_at IS NULL AND o.key = w.order_id);
