-- Who answers to a key: the order that its first request makes, the process that runs it (`holder`), and until when that
-- process counts as alive without saying so again.
ALTER TABLE idempotency ADD COLUMN order_id TEXT;
ALTER TABLE idempotency ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE idempotency ADD COLUMN lease_until BIGINT NOT NULL DEFAULT 0;
UPDATE idempotency SET order_id = (SELECT order_id FROM purchase WHERE purchase.user_id = idempotency.principal
    AND purchase.idempotency_key = idempotency.key AND purchase.status = 0)
  WHERE reply IS NULL AND route = 'orders.create';

-- The last order that a buyer made from the cart: which cart (`version`), and which of its lines, one a row of `lines`.
-- It counts as long as its order is being made, waits, or was paid.
CREATE TABLE cart_claim (
  user_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  version TEXT NOT NULL,
  lines TEXT NOT NULL,
  claimed_at BIGINT NOT NULL
);

-- What a buyer holds without having paid, and how often that has come to nothing lately.
DROP INDEX purchase_waiting;
CREATE INDEX purchase_unpaid ON purchase (user_id, expires_at) WHERE status <= 1;
CREATE INDEX purchase_lapsed ON purchase (user_id, created_at) WHERE status = 9;
