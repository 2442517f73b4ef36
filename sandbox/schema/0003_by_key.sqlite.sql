-- SQLite keeps a table in the order of a number of its own, and a key of text in a second tree beside it, unless it is
-- told otherwise. Stored by their keys these tables take one tree less to write. PostgreSQL has nothing of the kind.

CREATE TABLE bank_payments_by_key (
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
  session_expires_at BIGINT NOT NULL) WITHOUT ROWID;
INSERT INTO bank_payments_by_key SELECT * FROM bank_payments;
DROP TABLE bank_payments;
ALTER TABLE bank_payments_by_key RENAME TO bank_payments;
CREATE INDEX bank_payments_waiting ON bank_payments (session_expires_at) WHERE status = 0;

CREATE TABLE bank_answers_by_key (
  idempotency_key TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  bank_payment_id TEXT NOT NULL,
  status BIGINT NOT NULL,
  authorised_minor BIGINT NOT NULL,
  captured_minor BIGINT NOT NULL,
  refunded_minor BIGINT NOT NULL,
  decline_reason TEXT NOT NULL, kept_at BIGINT NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO bank_answers_by_key SELECT * FROM bank_answers;
DROP TABLE bank_answers;
ALTER TABLE bank_answers_by_key RENAME TO bank_answers;
CREATE INDEX bank_answers_age ON bank_answers (kept_at);
