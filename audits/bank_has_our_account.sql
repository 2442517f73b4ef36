-- I10 sandbox.bank_payments
-- The bank's account of a payment is ours.
-- Where the payment still waits for news of the bank, or a job will ask the bank, the two may differ for a
-- while.
SELECT b.payment_id,
       'captured ' || CAST(b.captured_minor AS TEXT) || ' refunded ' || CAST(b.refunded_minor AS TEXT),
       COALESCE('captured ' || CAST(p.captured_minor AS TEXT)
                || ' refunded ' || CAST(p.refunded_minor AS TEXT),
                'no payment')
  FROM sandbox.bank_payments b LEFT JOIN payments.payment p ON p.payment_id = b.payment_id
 WHERE (p.payment_id IS NULL OR b.captured_minor <> p.captured_minor OR b.refunded_minor <> p.refunded_minor)
   AND p.next_check_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM sandbox.bank_webhooks w WHERE w.body LIKE '%' || b.payment_id || '%')
   AND NOT EXISTS (SELECT 1 FROM payments.jobs j
                    WHERE j.dead_at IS NULL AND j.key IN (b.payment_id, b.order_id));
