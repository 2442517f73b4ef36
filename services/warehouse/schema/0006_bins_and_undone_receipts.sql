-- The bins of a site, as plans (bin_plan.h).
CREATE TABLE bin_plan (
  site_id TEXT NOT NULL,
  plan TEXT NOT NULL,
  PRIMARY KEY (site_id, plan)
);

-- A receipt that somebody wants undone. done: 0 while inventory is asked for the right to sell its goods, 1 when they are
-- off the books (movements receipt_undone).
CREATE TABLE receipt_undo (
  receipt_id TEXT PRIMARY KEY,
  done BIGINT NOT NULL,
  by_whom TEXT NOT NULL,
  at BIGINT NOT NULL
);
