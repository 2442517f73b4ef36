-- I6 orders.purchase
-- A paid order has claimed its goods.
-- Unless the news of its payment is still on its way.
SELECT p.order_id, 'CLAIMED', COALESCE(${HoldState(h.state)}, 'no hold')
  FROM orders.purchase p
  LEFT JOIN inventory.hold h ON h.order_id = p.order_id
        AND h.attempt = (SELECT MAX(attempt) FROM inventory.hold m WHERE m.order_id = p.order_id)
 WHERE p.status IN (${OrderStatus.PAID}, ${OrderStatus.ASSEMBLING}, ${OrderStatus.READY_TO_SHIP},
                    ${OrderStatus.IN_TRANSIT}, ${OrderStatus.AT_PICKUP_POINT}, ${OrderStatus.DELIVERED})
   AND (h.state IS NULL OR h.state <> ${HoldState.CLAIMED})
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.OrderPaid' AND o.key = p.order_id);
