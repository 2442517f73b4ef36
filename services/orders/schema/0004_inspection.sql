-- Of the request that made the order: 32 hexadecimal digits.
ALTER TABLE purchase ADD COLUMN trace_id TEXT NOT NULL DEFAULT '';

-- Orders that something still has to move on. Queries repeat the condition word for word.
CREATE INDEX purchase_unfinished ON purchase (order_id)
  WHERE status <= 3 OR cleanup = 1 OR (status = 8 AND was_paid = 1);
