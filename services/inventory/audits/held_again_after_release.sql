-- I7 inventory.hold
-- An order holds goods again only after its hold before was released.
SELECT order_id || ' attempt ' || CAST(attempt AS TEXT), 'RELEASED', ${HoldState(state)}
  FROM inventory.hold h
 WHERE state <> ${HoldState.RELEASED}
   AND EXISTS (SELECT 1 FROM inventory.hold n WHERE n.order_id = h.order_id AND n.attempt > h.attempt);
