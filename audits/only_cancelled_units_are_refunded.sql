-- I11 payments.refund
-- Nothing is refunded that was not cancelled.
SELECT r.order_id || ' ' || r.key, 'a short pick', 'none'
  FROM payments.refund r
  LEFT JOIN orders.short_pick s ON s.order_id = r.order_id AND s.short_id = r.key
 WHERE s.short_id IS NULL OR s.state = ${ShortState.OPEN};
