-- SQLite keeps a table in the order of a number of its own, and a key of text in a second tree beside it, unless it is
-- told otherwise. Stored by their keys these tables take one tree less to write. PostgreSQL has nothing of the kind.

CREATE TABLE payment_by_key (
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
) WITHOUT ROWID;
INSERT INTO payment_by_key SELECT * FROM payment;
DROP TABLE payment;
ALTER TABLE payment_by_key RENAME TO payment;
CREATE INDEX payment_check ON payment (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE ledger_entry_by_key (
  entry_id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  key TEXT NOT NULL,
  order_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (document, key)
) WITHOUT ROWID;
INSERT INTO ledger_entry_by_key SELECT * FROM ledger_entry;
DROP TABLE ledger_entry;
ALTER TABLE ledger_entry_by_key RENAME TO ledger_entry;
CREATE INDEX ledger_order ON ledger_entry (order_id);

CREATE TABLE posting_by_key (
  entry_id TEXT NOT NULL,
  line BIGINT NOT NULL,
  account TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  PRIMARY KEY (entry_id, line)
) WITHOUT ROWID;
INSERT INTO posting_by_key SELECT * FROM posting;
DROP TABLE posting;
ALTER TABLE posting_by_key RENAME TO posting;
CREATE INDEX posting_suspense ON posting (account, entry_id) WHERE substr(account, 1, 9) = 'suspense:';

CREATE TABLE refund_by_key (
  payment_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  order_id TEXT NOT NULL,
  key TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  done BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (payment_id, number),
  UNIQUE (order_id, key)
) WITHOUT ROWID;
INSERT INTO refund_by_key SELECT * FROM refund;
DROP TABLE refund;
ALTER TABLE refund_by_key RENAME TO refund;
