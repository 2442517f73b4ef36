-- I8 payments.posting
-- Every posting has its ledger entry.
SELECT o.entry_id || ' line ' || CAST(o.line AS TEXT), 'an entry', 'none'
  FROM payments.posting o LEFT JOIN payments.ledger_entry e ON e.entry_id = o.entry_id
 WHERE e.entry_id IS NULL;
