-- I3 inventory.hold
-- An order has at most one active hold.
SELECT order_id, '1', CAST(COUNT(*) AS TEXT)
  FROM inventory.hold
 WHERE state IN (${HoldState.HELD}, ${HoldState.PAYING}, ${HoldState.CLAIMED})
 GROUP BY order_id HAVING COUNT(*) > 1;
