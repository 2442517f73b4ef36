-- I7 inventory.hold
-- Only a paid order claims goods.
SELECT h.order_id, 'an order that was paid', COALESCE(${OrderStatus(p.status)}, 'no order')
  FROM inventory.hold h LEFT JOIN orders.purchase p ON p.order_id = h.order_id
 WHERE h.state IN (${HoldState.CLAIMED}, ${HoldState.RETURNED}) AND COALESCE(p.was_paid, 0) = 0;
