-- I17 orders.history
-- The status moves only along declared edges.
-- They are written down here once more. Late money finds an expired order's goods again (EXPIRED to PAID) or
-- goes back (EXPIRED to REFUNDED).
WITH edge(a, b) AS (VALUES
       (${OrderStatus.NEW}, ${OrderStatus.PENDING_PAYMENT}),
       (${OrderStatus.NEW}, ${OrderStatus.CANCELLED}),
       (${OrderStatus.PENDING_PAYMENT}, ${OrderStatus.PAID}),
       (${OrderStatus.PENDING_PAYMENT}, ${OrderStatus.EXPIRED}),
       (${OrderStatus.PENDING_PAYMENT}, ${OrderStatus.CANCELLED}),
       (${OrderStatus.PAID}, ${OrderStatus.ASSEMBLING}),
       (${OrderStatus.PAID}, ${OrderStatus.READY_TO_SHIP}),
       (${OrderStatus.PAID}, ${OrderStatus.CANCELLED}),
       (${OrderStatus.ASSEMBLING}, ${OrderStatus.READY_TO_SHIP}),
       (${OrderStatus.ASSEMBLING}, ${OrderStatus.CANCELLED}),
       (${OrderStatus.READY_TO_SHIP}, ${OrderStatus.IN_TRANSIT}),
       (${OrderStatus.IN_TRANSIT}, ${OrderStatus.AT_PICKUP_POINT}),
       (${OrderStatus.AT_PICKUP_POINT}, ${OrderStatus.DELIVERED}),
       (${OrderStatus.AT_PICKUP_POINT}, ${OrderStatus.RETURNED}),
       (${OrderStatus.DELIVERED}, ${OrderStatus.RETURNED}),
       (${OrderStatus.RETURNED}, ${OrderStatus.REFUNDED}),
       (${OrderStatus.CANCELLED}, ${OrderStatus.REFUNDED}),
       (${OrderStatus.EXPIRED}, ${OrderStatus.PAID}),
       (${OrderStatus.EXPIRED}, ${OrderStatus.REFUNDED})),
     step AS (SELECT order_id, version, status,
                     COALESCE(LAG(status) OVER (PARTITION BY order_id ORDER BY version),
                              ${OrderStatus.NEW}) AS before
                FROM orders.history)
SELECT s.order_id || ' version ' || CAST(s.version AS TEXT), 'a declared edge',
       ${OrderStatus(s.before)} || ' to ' || ${OrderStatus(s.status)}
  FROM step s LEFT JOIN edge e ON e.a = s.before AND e.b = s.status
 WHERE e.a IS NULL;
