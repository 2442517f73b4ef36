-- When the sweeper looks at an order unless something moves the order before. Null: nothing is left to do.
ALTER TABLE purchase ADD COLUMN look_at BIGINT;
UPDATE purchase SET look_at = CASE WHEN status = 1 AND cancel_requested = 0 THEN expires_at ELSE created_at END
  WHERE status <= 1 OR cleanup = 1 OR cancel_requested = 1;
DROP INDEX purchase_ending;
DROP INDEX purchase_open_ends;
CREATE INDEX purchase_look_at ON purchase (look_at, order_id) WHERE look_at IS NOT NULL;
