-- I19 orders.idempotency
-- An order and its answer are kept together.
-- Only for as long as keys are kept, which is a day: an answer older than 23 hours (in microseconds), counted
-- from the newest order, may be gone.
SELECT p.order_id, 'an answer kept for ' || p.idempotency_key,
       CASE WHEN k.key IS NULL THEN 'no key' ELSE 'no answer' END
  FROM orders.purchase p
  LEFT JOIN orders.idempotency k
         ON k.principal = p.user_id AND k.route = 'orders.create' AND k.key = p.idempotency_key
 WHERE p.status <> ${OrderStatus.NEW} AND k.reply IS NULL
   AND EXISTS (SELECT 1 FROM orders.history h
                WHERE h.order_id = p.order_id AND h.status = ${OrderStatus.PENDING_PAYMENT})
   AND p.created_at > (SELECT MAX(created_at) FROM orders.purchase) - 82800000000;
