-- The bins of a site, as plans (bin_plan.h).
CREATE TABLE bin_plan (
  site_id TEXT NOT NULL,
  plan TEXT NOT NULL,
  PRIMARY KEY (site_id, plan)
);

-- A receipt that somebody wants undone. done: 0 while its goods are set aside (reserved, by movements that name the
-- receipt) and inventory is asked for the right to sell them; 1 when they are off the books (receipt_undone).
CREATE TABLE receipt_undo (
  receipt_id TEXT PRIMARY KEY,
  done BIGINT NOT NULL,
  by_whom TEXT NOT NULL,
  at BIGINT NOT NULL
);

-- What is set aside for it, by bin.
CREATE TABLE receipt_undo_line (
  receipt_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  bin TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (receipt_id, sku_id, bin)
);
