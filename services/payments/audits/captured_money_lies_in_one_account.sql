-- I9 payments.payment
-- Captured money lies in one named account.
-- What an order's payments captured lies with the buyer's account or, if it came late, in suspense, or was
-- given back.
SELECT p.order_id, 'buyer ' || CAST(p.timely AS TEXT) || ' suspense ' || CAST(p.late AS TEXT),
       'buyer ' || CAST(COALESCE(l.buyer, 0) AS TEXT) || ' suspense ' || CAST(COALESCE(l.late, 0) AS TEXT)
       || ' recon ' || CAST(COALESCE(l.recon, 0) AS TEXT)
  FROM (SELECT order_id,
               SUM(CASE WHEN late = 0 THEN captured_minor - refunded_minor ELSE 0 END) AS timely,
               SUM(CASE WHEN late = 1 THEN captured_minor - refunded_minor ELSE 0 END) AS late,
               SUM(CASE WHEN late = 0 THEN captured_minor ELSE 0 END) AS timely_ever,
               MAX(late) AS late_ever
          FROM payments.payment GROUP BY order_id) p
  LEFT JOIN (SELECT e.order_id,
                    -SUM(CASE o.account WHEN 'buyer:' || e.order_id THEN o.amount_minor ELSE 0 END) AS buyer,
                    -SUM(CASE o.account WHEN 'suspense:late_payment' THEN o.amount_minor ELSE 0 END) AS late,
                    -SUM(CASE o.account WHEN 'suspense:recon' THEN o.amount_minor ELSE 0 END) AS recon
               FROM payments.ledger_entry e JOIN payments.posting o ON o.entry_id = e.entry_id
              GROUP BY e.order_id) l ON l.order_id = p.order_id
 WHERE COALESCE(l.buyer, 0) + COALESCE(l.late, 0) + COALESCE(l.recon, 0) <> p.timely + p.late
    OR (p.late_ever = 0 AND COALESCE(l.late, 0) <> 0)
    OR (p.timely_ever = 0 AND COALESCE(l.buyer, 0) <> 0);
