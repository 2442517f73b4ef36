-- SQLite keeps a table in the order of a number of its own, and a key of text in a second tree beside it, unless it is
-- told otherwise. Stored by their keys these tables take one tree less to write. PostgreSQL has nothing of the kind.

CREATE TABLE bin_stock_by_key (
  site_id TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  bin TEXT NOT NULL,
  on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
  reserved BIGINT NOT NULL CHECK (reserved >= 0),
  picked BIGINT NOT NULL CHECK (picked >= 0), quarantined BIGINT NOT NULL DEFAULT 0
  CHECK (quarantined >= 0 AND on_hand - reserved - picked - quarantined >= 0),
  PRIMARY KEY (site_id, sku_id, bin),
  CHECK (on_hand - reserved - picked >= 0)
) WITHOUT ROWID;
INSERT INTO bin_stock_by_key SELECT * FROM bin_stock;
DROP TABLE bin_stock;
ALTER TABLE bin_stock_by_key RENAME TO bin_stock;
CREATE INDEX bin_stock_sku ON bin_stock (sku_id);

CREATE TABLE movement_by_key (
  movement_id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  bin TEXT NOT NULL,
  kind TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  document TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  at BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO movement_by_key SELECT * FROM movement;
DROP TABLE movement;
ALTER TABLE movement_by_key RENAME TO movement;
CREATE INDEX movement_sku ON movement (sku_id, movement_id);

CREATE TABLE pick_order_by_key (
  order_id TEXT PRIMARY KEY,
  state BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO pick_order_by_key SELECT * FROM pick_order;
DROP TABLE pick_order;
ALTER TABLE pick_order_by_key RENAME TO pick_order;

CREATE TABLE pick_task_by_key (
  task_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  status BIGINT NOT NULL,
  package_barcode TEXT UNIQUE,
  created_at BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO pick_task_by_key SELECT * FROM pick_task;
DROP TABLE pick_task;
ALTER TABLE pick_task_by_key RENAME TO pick_task;
CREATE INDEX pick_task_order ON pick_task (order_id);
CREATE INDEX pick_task_site ON pick_task (site_id, status, created_at);

CREATE TABLE pick_line_by_key (
  task_id TEXT NOT NULL,
  line BIGINT NOT NULL,
  sku_id TEXT NOT NULL,
  bin TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  picked BIGINT NOT NULL, missing BIGINT NOT NULL DEFAULT 0
  CHECK (missing >= 0 AND picked + missing <= quantity),
  PRIMARY KEY (task_id, line),
  CHECK (picked >= 0 AND picked <= quantity)
) WITHOUT ROWID;
INSERT INTO pick_line_by_key SELECT * FROM pick_line;
DROP TABLE pick_line;
ALTER TABLE pick_line_by_key RENAME TO pick_line;

CREATE TABLE scan_by_key (
  scan_id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL,
  bin TEXT NOT NULL,
  barcode TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  by_whom TEXT NOT NULL,
  at BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO scan_by_key SELECT * FROM scan;
DROP TABLE scan;
ALTER TABLE scan_by_key RENAME TO scan;
CREATE INDEX scan_task ON scan (task_id);
