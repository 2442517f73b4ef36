-- I10 payments.payment
-- Our account with the bank is captures less refunds.
-- An order may have several attempts to pay for it, so all of them are added up by order.
SELECT p.order_id, CAST(p.kept AS TEXT), CAST(COALESCE(l.sum, 0) AS TEXT)
  FROM (SELECT order_id, SUM(captured_minor - refunded_minor) AS kept FROM payments.payment
         GROUP BY order_id) p
  LEFT JOIN (SELECT e.order_id, SUM(o.amount_minor) AS sum
               FROM payments.ledger_entry e JOIN payments.posting o ON o.entry_id = e.entry_id
              WHERE o.account LIKE 'psp:%' GROUP BY e.order_id) l ON l.order_id = p.order_id
 WHERE p.kept <> COALESCE(l.sum, 0);
