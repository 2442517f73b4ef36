-- The short pick by which a unit was cancelled while its order went on. Such a unit has a status of its own.
ALTER TABLE item ADD COLUMN short_id TEXT;

-- Units that a warehouse did not find. reason as in warehouse.proto. state: 0 open; 1 decided, and the refund has to be
-- asked for; 2 settled, as far as it is up to us; 3 the money is back.
CREATE TABLE short_pick (
  order_id TEXT NOT NULL,
  short_id TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  reason BIGINT NOT NULL,
  reported_at BIGINT NOT NULL,
  state BIGINT NOT NULL,
  replaced BIGINT NOT NULL CHECK (replaced >= 0),
  cancelled BIGINT NOT NULL CHECK (cancelled >= 0),
  refund_minor BIGINT NOT NULL CHECK (refund_minor >= 0),
  decided_at BIGINT,
  PRIMARY KEY (order_id, short_id),
  CHECK (state = 0 OR replaced + cancelled = quantity)
);
