-- I13 payments.payment
-- The bank is asked for the total of the order.
SELECT p.payment_id, CAST(o.total_minor AS TEXT) || ' ' || o.currency,
       CAST(p.amount_minor AS TEXT) || ' ' || p.currency
  FROM payments.payment p JOIN orders.purchase o ON o.order_id = p.order_id
 WHERE p.amount_minor <> o.total_minor OR p.currency <> o.currency;
