-- I12 payments.payment
-- Only the last attempt of an order can go on.
-- An attempt after which another was begun is over for good, here and at the bank. Money that came of it all
-- the same is late and goes back.
SELECT p.payment_id, 'declined, cancelled or going back', ${PaymentStatus(p.status)}
  FROM payments.payment p
 WHERE p.status NOT IN (${PaymentStatus.DECLINED}, ${PaymentStatus.CANCELLED})
   AND NOT (p.late = 1 AND p.wish = ${PaymentGoal.END})
   AND EXISTS (SELECT 1 FROM payments.payment q WHERE q.order_id = p.order_id AND q.number > p.number);
