-- I3 inventory.hold
-- A closed order that was not paid holds nothing.
-- Nobody looks at a closed order again once it is cleaned up, and a hold that is being paid does not expire.
SELECT h.order_id, 'let go', 'attempt ' || CAST(h.attempt AS TEXT) || ' is being paid'
  FROM inventory.hold h JOIN orders.purchase p ON p.order_id = h.order_id
 WHERE h.state = ${HoldState.PAYING}
   AND p.status IN (${OrderStatus.CANCELLED}, ${OrderStatus.EXPIRED}, ${OrderStatus.REFUNDED})
   AND p.was_paid = 0 AND p.cleanup = 0
   AND NOT EXISTS (SELECT 1 FROM orders.jobs j WHERE j.key = p.order_id AND j.dead_at IS NULL);
