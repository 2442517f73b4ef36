-- I11 payments.ledger_entry
-- The ledger has one entry per document and key.
SELECT document || ' ' || key, '1', CAST(COUNT(*) AS TEXT)
  FROM payments.ledger_entry
 GROUP BY document, key HAVING COUNT(*) > 1;
