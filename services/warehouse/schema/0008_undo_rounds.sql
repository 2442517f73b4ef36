-- An undo that was given up may be wished again: `round` counts the wishes, so that what inventory hears late of one is not
-- taken for another's. `run` counts who has gone on with it: only the last may write. stage: 0 inventory is asked, 1 its
-- rights are given back, 2 given up.
ALTER TABLE receipt_undo ADD COLUMN round BIGINT NOT NULL DEFAULT 1;
ALTER TABLE receipt_undo ADD COLUMN run BIGINT NOT NULL DEFAULT 0;
ALTER TABLE receipt_undo ADD COLUMN stage BIGINT NOT NULL DEFAULT 0;
