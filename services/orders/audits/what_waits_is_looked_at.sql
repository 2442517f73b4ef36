-- I16 orders.purchase
-- An order that waits for something has a time at which it is looked at.
SELECT order_id, 'a time', ${OrderStatus(status)} || ', nothing wakes it'
  FROM orders.purchase
 WHERE look_at IS NULL
   AND (status IN (${OrderStatus.NEW}, ${OrderStatus.PENDING_PAYMENT}) OR cleanup = 1 OR cancel_requested = 1);
