-- I16 orders.purchase
-- No packed or closed order has an unanswered wish to cancel.
SELECT order_id, 'answered', ${OrderStatus(status)} || ', the wish is open'
  FROM orders.purchase
 WHERE cancel_requested = 1
   AND status NOT IN (${OrderStatus.PENDING_PAYMENT}, ${OrderStatus.PAID}, ${OrderStatus.ASSEMBLING});
