-- I11 payments.ledger_entry
-- The refunds of an order are at most its captures.
SELECT l.order_id, 'at most ' || CAST(l.came AS TEXT), CAST(l.went AS TEXT)
  FROM (SELECT e.order_id,
               SUM(CASE WHEN o.amount_minor > 0 THEN o.amount_minor ELSE 0 END) AS came,
               SUM(CASE WHEN o.amount_minor < 0 THEN -o.amount_minor ELSE 0 END) AS went
          FROM payments.ledger_entry e JOIN payments.posting o ON o.entry_id = e.entry_id
         WHERE o.account LIKE 'psp:%' GROUP BY e.order_id) l
 WHERE l.went > l.came;
