-- I6 warehouse.pick_order
-- Nobody picks for a closed order.
-- Orders asks the warehouse before it closes a paid order, or has heard from it that nothing was there.
SELECT w.order_id, 'CANCELLED', ${PickState(w.state)} || ', the order ' || ${OrderStatus(p.status)}
  FROM warehouse.pick_order w JOIN orders.purchase p ON p.order_id = w.order_id
 WHERE p.status IN (${OrderStatus.CANCELLED}, ${OrderStatus.EXPIRED}, ${OrderStatus.REFUNDED})
   AND w.state <> ${PickState.CANCELLED}
   AND NOT EXISTS (SELECT 1 FROM orders.history h
                    WHERE h.order_id = p.order_id AND h.status = ${OrderStatus.RETURNED})
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type IN ('orders.OrderPaid', 'orders.PickShortDecided')
                      AND o.key = w.order_id);
