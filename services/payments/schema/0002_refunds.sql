-- Parts of a payment that go back while its order goes on. They are done at the bank one after another in the order of
-- their numbers, so the sum that the bank has refunded tells which of them are done.
CREATE TABLE refund (
  payment_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  order_id TEXT NOT NULL,
  key TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  done BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (payment_id, number),
  UNIQUE (order_id, key)
);
