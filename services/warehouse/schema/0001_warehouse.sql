-- Sites and their numbered grants of sell rights.
CREATE TABLE site (
  site_id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  type TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  epoch BIGINT NOT NULL,
  last_seq BIGINT NOT NULL
);

-- The barcode that stands on a SKU, as the catalogue told it when goods first came.
CREATE TABLE label (
  sku_id TEXT PRIMARY KEY,
  barcode TEXT NOT NULL
);

-- Goods by bin: on_hand = available + reserved + picked. Picked goods stay on hand until they leave the site.
CREATE TABLE bin_stock (
  site_id TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  bin TEXT NOT NULL,
  on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
  reserved BIGINT NOT NULL CHECK (reserved >= 0),
  picked BIGINT NOT NULL CHECK (picked >= 0),
  PRIMARY KEY (site_id, sku_id, bin),
  CHECK (on_hand - reserved - picked >= 0)
);
CREATE INDEX bin_stock_sku ON bin_stock (sku_id);

-- Every change of bin_stock. The numbers there are sums of these. kind: received, reserved, unreserved, picked, unpicked.
CREATE TABLE movement (
  movement_id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  bin TEXT NOT NULL,
  kind TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  document TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE receipt (
  receipt_id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL,
  lines BYTEA NOT NULL,
  received_at BIGINT NOT NULL
);

-- What a site's work for an order has come to. state: 0 open, 1 started, 2 packed, 3 cancelled (perhaps before it came).
CREATE TABLE pick_order (
  order_id TEXT PRIMARY KEY,
  state BIGINT NOT NULL
);

-- status: 0 open, 1 done, 2 cancelled.
CREATE TABLE pick_task (
  task_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  status BIGINT NOT NULL,
  package_barcode TEXT UNIQUE,
  created_at BIGINT NOT NULL
);
CREATE INDEX pick_task_order ON pick_task (order_id);
CREATE INDEX pick_task_site ON pick_task (site_id, status, created_at);

CREATE TABLE pick_line (
  task_id TEXT NOT NULL,
  line BIGINT NOT NULL,
  sku_id TEXT NOT NULL,
  bin TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  picked BIGINT NOT NULL,
  PRIMARY KEY (task_id, line),
  CHECK (picked >= 0 AND picked <= quantity)
);

CREATE TABLE scan (
  scan_id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL,
  bin TEXT NOT NULL,
  barcode TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  by_whom TEXT NOT NULL,
  at BIGINT NOT NULL
);
