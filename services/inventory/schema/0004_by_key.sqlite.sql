-- SQLite keeps a table in the order of a number of its own, and a key of text in a second tree beside it, unless it is
-- told otherwise. Stored by their keys these tables take one tree less to write. PostgreSQL has nothing of the kind.

CREATE TABLE stock_by_key (
  sku_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  granted BIGINT NOT NULL CHECK (granted >= 0),
  held BIGINT NOT NULL CHECK (held >= 0),
  spent BIGINT NOT NULL CHECK (spent >= 0),
  PRIMARY KEY (sku_id, site_id),
  CHECK (granted - held - spent >= 0)
) WITHOUT ROWID;
INSERT INTO stock_by_key SELECT * FROM stock;
DROP TABLE stock;
ALTER TABLE stock_by_key RENAME TO stock;

CREATE TABLE hold_by_key (
  order_id TEXT NOT NULL,
  attempt BIGINT NOT NULL,
  state BIGINT NOT NULL,
  version BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (order_id, attempt)
) WITHOUT ROWID;
INSERT INTO hold_by_key SELECT * FROM hold;
DROP TABLE hold;
ALTER TABLE hold_by_key RENAME TO hold;
CREATE INDEX hold_due ON hold (expires_at) WHERE state = 0;

CREATE TABLE hold_line_by_key (
  order_id TEXT NOT NULL,
  attempt BIGINT NOT NULL,
  sku_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, attempt, sku_id, site_id)
) WITHOUT ROWID;
INSERT INTO hold_line_by_key SELECT * FROM hold_line;
DROP TABLE hold_line;
ALTER TABLE hold_line_by_key RENAME TO hold_line;

CREATE TABLE sell_grant_by_key (
  site_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  sku_id TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (site_id, epoch, seq, sku_id)
) WITHOUT ROWID;
INSERT INTO sell_grant_by_key SELECT * FROM sell_grant;
DROP TABLE sell_grant;
ALTER TABLE sell_grant_by_key RENAME TO sell_grant;
CREATE INDEX sell_grant_sku ON sell_grant (sku_id, site_id, epoch, seq);

CREATE TABLE sku_turn_by_key (
  sku_id TEXT PRIMARY KEY,
  in_stock BIGINT NOT NULL,
  version BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO sku_turn_by_key SELECT * FROM sku_turn;
DROP TABLE sku_turn;
ALTER TABLE sku_turn_by_key RENAME TO sku_turn;
