-- SQLite keeps a table in the order of a number of its own, and a key of text in a second tree beside it, unless it is
-- told otherwise. Stored by their keys these tables take one tree less to write. PostgreSQL has nothing of the kind.

CREATE TABLE purchase_by_key (
  order_id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  status BIGINT NOT NULL,
  version BIGINT NOT NULL,
  total_minor BIGINT NOT NULL CHECK (total_minor > 0),
  currency TEXT NOT NULL,
  pickup_point_id TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  cancel_requested BIGINT NOT NULL,
  cleanup BIGINT NOT NULL,
  was_paid BIGINT NOT NULL,
  idempotency_key TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  trace_id TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
INSERT INTO purchase_by_key SELECT * FROM purchase;
DROP TABLE purchase;
ALTER TABLE purchase_by_key RENAME TO purchase;
CREATE INDEX purchase_user ON purchase (user_id, created_at);
CREATE INDEX purchase_waiting ON purchase (expires_at) WHERE status <= 1;
CREATE INDEX purchase_unfinished ON purchase (order_id)
  WHERE status <= 3 OR cleanup = 1 OR (status = 8 AND was_paid = 1);

CREATE TABLE item_by_key (
  order_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  seller_id TEXT NOT NULL,
  title TEXT NOT NULL,
  options BYTEA NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor > 0),
  price_version BIGINT NOT NULL,
  site_id TEXT,
  status BIGINT NOT NULL,
  image TEXT NOT NULL DEFAULT '',
  short_id TEXT,
  PRIMARY KEY (order_id, item_id)
) WITHOUT ROWID;
INSERT INTO item_by_key SELECT * FROM item;
DROP TABLE item;
ALTER TABLE item_by_key RENAME TO item;

CREATE TABLE history_by_key (
  order_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  status BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (order_id, version)
) WITHOUT ROWID;
INSERT INTO history_by_key SELECT * FROM history;
DROP TABLE history;
ALTER TABLE history_by_key RENAME TO history;

CREATE TABLE short_pick_by_key (
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
) WITHOUT ROWID;
INSERT INTO short_pick_by_key SELECT * FROM short_pick;
DROP TABLE short_pick;
ALTER TABLE short_pick_by_key RENAME TO short_pick;
