-- A purchase. status as in orders.proto; version grows by one with each change of it; 0 while it is being created.
-- cleanup: it is closed, and its hold and its payment still have to be told.
CREATE TABLE purchase (
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
  idempotency_key TEXT NOT NULL
);
CREATE INDEX purchase_user ON purchase (user_id, created_at);
-- Orders that wait for their creation or payment: what the sweeper looks at.
CREATE INDEX purchase_waiting ON purchase (expires_at) WHERE status <= 1;

-- One row is one unit of one SKU.
CREATE TABLE item (
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
  PRIMARY KEY (order_id, item_id)
);

CREATE TABLE history (
  order_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  status BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (order_id, version)
);

-- The first answer to each key; `reply` is null while the first request is still running.
CREATE TABLE idempotency (
  principal TEXT NOT NULL,
  route TEXT NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  reply BYTEA,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (principal, route, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
