-- I8 payments.posting
-- All accounts of a currency sum to zero.
SELECT e.currency, '0', CAST(SUM(o.amount_minor) AS TEXT)
  FROM payments.ledger_entry e JOIN payments.posting o ON o.entry_id = e.entry_id
 GROUP BY e.currency HAVING SUM(o.amount_minor) <> 0;
