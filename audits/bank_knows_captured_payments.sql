-- I10 payments.payment
-- The bank knows every captured payment.
-- Only where the sandbox is the bank: elsewhere it knows nothing of anything.
SELECT p.payment_id, 'a payment at the bank', 'none'
  FROM payments.payment p LEFT JOIN sandbox.bank_payments b ON b.payment_id = p.payment_id
 WHERE p.captured_minor > 0 AND p.provider = 'sandbox' AND b.payment_id IS NULL
   AND EXISTS (SELECT 1 FROM sandbox.bank_payments);
