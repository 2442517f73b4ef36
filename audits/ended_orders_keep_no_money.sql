-- I9 orders.purchase
-- An ended order keeps no money.
-- Once what is to be given back is back.
SELECT o.order_id, 'nothing kept', CAST(p.captured_minor - p.refunded_minor AS TEXT)
  FROM orders.purchase o JOIN payments.payment p ON p.order_id = o.order_id
 WHERE o.status IN (${OrderStatus.CANCELLED}, ${OrderStatus.EXPIRED}, ${OrderStatus.REFUNDED})
   AND o.cleanup = 0 AND p.captured_minor > p.refunded_minor AND p.late = 0 AND p.wish = ${PaymentGoal.NONE}
   AND NOT EXISTS (SELECT 1 FROM orders.jobs j WHERE j.key = o.order_id AND j.dead_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM payments.jobs j
                    WHERE j.key IN (p.payment_id, o.order_id) AND j.dead_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM payments.outbox m WHERE m.published_at IS NULL AND m.key = o.order_id);
