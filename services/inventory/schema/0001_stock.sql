-- The sites that grant sell rights, and how far their numbered grants have been taken in.
CREATE TABLE site (
  site_id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  epoch BIGINT NOT NULL DEFAULT 1,
  last_seq BIGINT NOT NULL DEFAULT 0
);

-- Sell rights: granted = available + held + spent.
CREATE TABLE stock (
  sku_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  granted BIGINT NOT NULL CHECK (granted >= 0),
  held BIGINT NOT NULL CHECK (held >= 0),
  spent BIGINT NOT NULL CHECK (spent >= 0),
  PRIMARY KEY (sku_id, site_id),
  CHECK (granted - held - spent >= 0)
);

-- Every grant as it came, so that the sums can be added up again.
CREATE TABLE sell_grant (
  site_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  sku_id TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (site_id, epoch, seq, sku_id)
);

-- state: 0 HELD, 1 PAYING, 2 CLAIMED, 3 RELEASED, 4 RETURNED. `version` grows by one with each change of it.
CREATE TABLE hold (
  order_id TEXT NOT NULL,
  attempt BIGINT NOT NULL,
  state BIGINT NOT NULL,
  version BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (order_id, attempt)
);
CREATE INDEX hold_due ON hold (expires_at) WHERE state = 0;

CREATE TABLE hold_line (
  order_id TEXT NOT NULL,
  attempt BIGINT NOT NULL,
  sku_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, attempt, sku_id, site_id)
);

-- How often a SKU turned available or not, for the order of StockTurned.
CREATE TABLE sku_turn (
  sku_id TEXT PRIMARY KEY,
  in_stock BIGINT NOT NULL,
  version BIGINT NOT NULL
);
