-- I9 payments.posting
-- Money lies only in accounts of its own order or in named ones.
SELECT o.entry_id || ' line ' || CAST(o.line AS TEXT), 'an account of the order or a shared one', o.account
  FROM payments.posting o JOIN payments.ledger_entry e ON e.entry_id = o.entry_id
 WHERE (o.account LIKE 'buyer:%' AND o.account <> 'buyer:' || e.order_id)
    OR NOT (o.account LIKE 'psp:%' OR o.account LIKE 'bank:%' OR o.account LIKE 'receivable:%'
         OR o.account LIKE 'buyer:%' OR o.account LIKE 'seller:%' OR o.account LIKE 'point:%'
         OR o.account LIKE 'carrier:%' OR o.account LIKE 'points:%' OR o.account LIKE 'voucher:%'
         OR o.account LIKE 'tax:%' OR o.account LIKE 'income:%' OR o.account LIKE 'expense:%'
         OR o.account IN ('suspense:late_payment', 'suspense:recon', 'suspense:chargeback'));
