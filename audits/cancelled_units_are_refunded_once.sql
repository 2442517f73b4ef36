-- I11 payments.refund
-- Each cancelled unit is refunded once, at its price.
-- Unless all of the order's money is going back.
SELECT s.order_id || ' ' || s.short_id, CAST(s.refund_minor AS TEXT),
       COALESCE(CAST(r.amount_minor AS TEXT) || CASE WHEN r.done = 1 THEN ' done' ELSE ' asked' END, 'none')
  FROM orders.short_pick s
  LEFT JOIN payments.refund r ON r.order_id = s.order_id AND r.key = s.short_id
  LEFT JOIN payments.payment p ON p.order_id = s.order_id
        AND p.number = (SELECT MAX(q.number) FROM payments.payment q WHERE q.order_id = s.order_id)
 WHERE (s.state IN (${ShortState.SETTLED}, ${ShortState.REFUNDED}) AND s.cancelled > 0
        AND r.amount_minor IS NULL AND COALESCE(p.wish, ${PaymentGoal.NONE}) = ${PaymentGoal.NONE})
    OR r.amount_minor <> s.refund_minor
    OR (s.state = ${ShortState.REFUNDED} AND COALESCE(r.done, 1) = 0);
