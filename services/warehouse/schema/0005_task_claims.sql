-- Whose a task is, and was. The claim that has not ended is the present one; `seen_at` is when its worker was last heard
-- of: after a while the task is anybody's, and the next claim ends this one.
CREATE TABLE task_claim (
  task_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  worker_id TEXT NOT NULL,
  since BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (task_id, number)
);
CREATE UNIQUE INDEX task_claim_present ON task_claim (task_id) WHERE ended_at IS NULL;

-- Where the order's parcels go; nothing for orders that were paid before this was told.
ALTER TABLE pick_order ADD COLUMN pickup_point_id TEXT;
