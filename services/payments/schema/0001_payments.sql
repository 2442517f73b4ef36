-- One row an order. status as in payments.proto; wish: 0 none, 1 end it (void or refund, whatever it takes).
-- late: the money came after the payment had ended and lies in suspense:late_payment.
CREATE TABLE payment (
  payment_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL UNIQUE,
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
  CHECK (refunded_minor >= 0 AND refunded_minor <= captured_minor)
);
-- What the reconciler has to ask the bank about; null when the payment is at an end.
CREATE INDEX payment_check ON payment (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE webhook (
  provider TEXT NOT NULL,
  event_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  applied BIGINT NOT NULL,
  PRIMARY KEY (provider, event_id)
);
CREATE INDEX webhook_payment ON webhook (payment_id);

-- Double entry: the postings of an entry sum to zero. (document, key) makes each entry happen once.
CREATE TABLE ledger_entry (
  entry_id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  key TEXT NOT NULL,
  order_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (document, key)
);
CREATE INDEX ledger_order ON ledger_entry (order_id);

CREATE TABLE posting (
  entry_id TEXT NOT NULL,
  line BIGINT NOT NULL,
  account TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  PRIMARY KEY (entry_id, line)
);
