-- I20 inventory.hold
-- The goods of a paid order that was cancelled are back.
SELECT p.order_id, 'RETURNED', COALESCE(${HoldState(h.state)}, 'no hold')
  FROM orders.purchase p
  LEFT JOIN inventory.hold h ON h.order_id = p.order_id
        AND h.attempt = (SELECT MAX(attempt) FROM inventory.hold m WHERE m.order_id = p.order_id)
 WHERE p.status IN (${OrderStatus.CANCELLED}, ${OrderStatus.REFUNDED}) AND p.was_paid = 1
   AND (h.state IS NULL OR h.state <> ${HoldState.RETURNED})
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o WHERE o.published_at IS NULL AND o.key = p.order_id);
