-- Up to which attempt the order was closed: a hold that is asked for with such a number comes too late. An order that was
-- closed before it held anything has a row of its own for this, RELEASED and without lines.
ALTER TABLE hold ADD COLUMN closed_to BIGINT NOT NULL DEFAULT 0;
