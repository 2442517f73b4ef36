-- What the bank knows of each payment. Ids grow with time, so the primary key is also the order of the report.
CREATE TABLE bank_payments (
  bank_payment_id TEXT PRIMARY KEY,
  payment_id TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL,
  method BIGINT NOT NULL,
  status BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  authorised_minor BIGINT NOT NULL CHECK (authorised_minor BETWEEN 0 AND amount_minor),
  captured_minor BIGINT NOT NULL CHECK (captured_minor BETWEEN 0 AND authorised_minor),
  refunded_minor BIGINT NOT NULL CHECK (refunded_minor BETWEEN 0 AND captured_minor),
  currency TEXT NOT NULL,
  decline_reason TEXT NOT NULL,
  wrong_codes BIGINT NOT NULL,
  return_url TEXT NOT NULL,
  webhook_url TEXT NOT NULL,
  session_expires_at BIGINT NOT NULL);

-- Payments that wait for their payer (status 0), so that sessions can be ended without reading all.
CREATE INDEX bank_payments_waiting ON bank_payments (session_expires_at) WHERE status = 0;

CREATE TABLE bank_refunds (
  refund_id TEXT PRIMARY KEY,
  bank_payment_id TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  created_at BIGINT NOT NULL);

-- Running sums of everything, striped so that concurrent writers seldom meet.
CREATE TABLE bank_totals (
  stripe BIGINT PRIMARY KEY,
  payments BIGINT NOT NULL,
  captures BIGINT NOT NULL,
  refunds BIGINT NOT NULL,
  captured_minor BIGINT NOT NULL,
  refunded_minor BIGINT NOT NULL);

-- The first answer to each idempotency key: what of the payment was true then and may have changed since.
CREATE TABLE bank_answers (
  idempotency_key TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  bank_payment_id TEXT NOT NULL,
  status BIGINT NOT NULL,
  authorised_minor BIGINT NOT NULL,
  captured_minor BIGINT NOT NULL,
  refunded_minor BIGINT NOT NULL,
  decline_reason TEXT NOT NULL);

-- Events not yet acknowledged by the merchant. `next_at` null: the running process is sending it.
CREATE TABLE bank_webhooks (
  event_id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  body TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  next_at BIGINT);
CREATE INDEX bank_webhooks_due ON bank_webhooks (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE sandbox_faults (
  slot BIGINT PRIMARY KEY,
  faults TEXT NOT NULL);

CREATE TABLE sms_messages (
  message_id TEXT PRIMARY KEY,
  phone TEXT NOT NULL,
  text TEXT NOT NULL,
  sent_at BIGINT NOT NULL);
CREATE INDEX sms_messages_inbox ON sms_messages (phone, sent_at);
