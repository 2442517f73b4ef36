-- Damaged goods lie in quarantine: on hand, and never to be reserved. on_hand = available + reserved + picked + quarantined.
ALTER TABLE bin_stock ADD COLUMN quarantined BIGINT NOT NULL DEFAULT 0
  CHECK (quarantined >= 0 AND on_hand - reserved - picked - quarantined >= 0);

-- Units of a line that were reported short: nobody picks them any more.
ALTER TABLE pick_line ADD COLUMN missing BIGINT NOT NULL DEFAULT 0
  CHECK (missing >= 0 AND picked + missing <= quantity);

-- movement.kind, from now on also: written_off (reserved goods that are not there), moved_out (reserved goods taken
-- off their bin) and quarantined (put into the quarantine bin), the last two always as a pair with the same document.

-- Each report of fewer goods than a task said. reason as in warehouse.proto; decided: orders has said what becomes
-- of the units.
CREATE TABLE pick_short (
  short_id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL,
  line BIGINT NOT NULL,
  order_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  bin TEXT NOT NULL,
  barcode TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  reason BIGINT NOT NULL,
  by_whom TEXT NOT NULL,
  at BIGINT NOT NULL,
  decided BIGINT NOT NULL
);
CREATE INDEX pick_short_order ON pick_short (order_id);
