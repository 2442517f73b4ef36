-- An order had one payment. SQLite cannot drop what it was created with.
CREATE TABLE payment_of_many (
  payment_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  provider TEXT NOT NULL,
  method TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  status BIGINT NOT NULL,
  wish BIGINT NOT NULL,
  late BIGINT NOT NULL,
  bank_payment_id TEXT,
  redirect_url TEXT,
  decline_reason TEXT,
  captured_minor BIGINT NOT NULL CHECK (captured_minor >= 0),
  refunded_minor BIGINT NOT NULL,
  session_expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  next_check_at BIGINT,
  checks BIGINT NOT NULL DEFAULT 0,
  number BIGINT NOT NULL DEFAULT 1,
  attempt_key TEXT NOT NULL DEFAULT '',
  asked_at BIGINT,
  unanswered_since BIGINT,
  CHECK (refunded_minor >= 0 AND refunded_minor <= captured_minor),
  UNIQUE (order_id, number)
) WITHOUT ROWID;
INSERT INTO payment_of_many SELECT * FROM payment;
DROP TABLE payment;
ALTER TABLE payment_of_many RENAME TO payment;
CREATE INDEX payment_check ON payment (next_check_at) WHERE next_check_at IS NOT NULL;
