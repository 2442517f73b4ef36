-- I12 payments.ledger_entry
-- Every capture in the ledger has a payment that was captured.
SELECT e.entry_id, 'a captured payment', e.key
  FROM payments.ledger_entry e
  LEFT JOIN payments.payment p ON p.payment_id = e.key AND p.captured_minor > 0
 WHERE e.document = 'capture' AND p.payment_id IS NULL;
