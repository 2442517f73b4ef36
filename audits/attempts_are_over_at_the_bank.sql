-- I12 sandbox.bank_payments
-- An attempt is over at the bank before the next one begins.
SELECT p.payment_id, 'ended at the bank', ${sandbox.BankStatus(b.status)}
  FROM payments.payment p JOIN sandbox.bank_payments b ON b.payment_id = p.payment_id
 WHERE b.status IN (${sandbox.BankStatus.REQUIRES_ACTION}, ${sandbox.BankStatus.AUTHORISED})
   AND EXISTS (SELECT 1 FROM payments.payment q WHERE q.order_id = p.order_id AND q.number > p.number)
   AND NOT EXISTS (SELECT 1 FROM payments.jobs j WHERE j.key = p.payment_id AND j.dead_at IS NULL);
