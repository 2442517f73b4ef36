-- The first answer to the request was that the action is under way: a repeat gets the same answer.
ALTER TABLE staff_action ADD COLUMN answered_open BIGINT NOT NULL DEFAULT 0;
