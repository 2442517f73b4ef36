-- I8 payments.posting
-- Every ledger entry balances.
SELECT e.entry_id, '0', CAST(COALESCE(SUM(o.amount_minor), 0) AS TEXT)
  FROM payments.ledger_entry e LEFT JOIN payments.posting o ON o.entry_id = e.entry_id
 GROUP BY e.entry_id HAVING COALESCE(SUM(o.amount_minor), 0) <> 0 OR COUNT(o.line) < 2;
