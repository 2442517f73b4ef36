-- A cancel was wished and came too late: the order was packed by then.
ALTER TABLE purchase ADD COLUMN cancel_refused BIGINT NOT NULL DEFAULT 0;

-- Closed orders that are not cleaned up, and wishes that are not answered: what the sweeper looks at. Queries repeat the
-- condition word for word.
CREATE INDEX purchase_open_ends ON purchase (order_id) WHERE cleanup = 1 OR cancel_requested = 1;
