-- I7 inventory.hold
-- Nobody claims an ended hold, and nobody releases a claimed one.
-- Each change of the state adds one to the version, so the version tells which way the hold came.
SELECT order_id || ' attempt ' || CAST(attempt AS TEXT),
       'HELD 1, PAYING 2, CLAIMED 3, RELEASED 2 or 3, RETURNED 4',
       ${HoldState(state)} || ' ' || CAST(version AS TEXT)
  FROM inventory.hold
 WHERE NOT ((state = ${HoldState.HELD} AND version = 1)
         OR (state = ${HoldState.PAYING} AND version = 2)
         OR (state = ${HoldState.CLAIMED} AND version = 3)
         OR (state = ${HoldState.RELEASED} AND version IN (2, 3))
         OR (state = ${HoldState.RETURNED} AND version = 4));
