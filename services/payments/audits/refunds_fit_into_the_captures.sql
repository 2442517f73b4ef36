-- I11 payments.refund
-- Refunds are at most the captures, and those that are done are at the bank.
-- Refunds are done in the order of their numbers, so those that are done fit into what the bank has refunded.
SELECT p.payment_id,
       'at most ' || CAST(p.captured_minor AS TEXT) || ', done at most ' || CAST(p.refunded_minor AS TEXT),
       CAST(r.asked AS TEXT) || ', done ' || CAST(r.done AS TEXT)
  FROM payments.payment p
  JOIN (SELECT payment_id, SUM(amount_minor) AS asked,
               SUM(CASE WHEN done = 1 THEN amount_minor ELSE 0 END) AS done
          FROM payments.refund GROUP BY payment_id) r ON r.payment_id = p.payment_id
 WHERE r.asked > p.captured_minor OR r.done > p.refunded_minor;
