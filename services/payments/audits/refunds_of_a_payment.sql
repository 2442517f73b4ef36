-- I11 payments.payment
-- The refunds of a payment are at most its captures.
SELECT payment_id, 'at most ' || CAST(captured_minor AS TEXT), CAST(refunded_minor AS TEXT)
  FROM payments.payment
 WHERE refunded_minor > captured_minor OR refunded_minor < 0;
