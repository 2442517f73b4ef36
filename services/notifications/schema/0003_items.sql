-- A notice may be about some units of an order: change is orders.ItemsChange, and null where the status itself is the news.
ALTER TABLE notice ADD COLUMN change BIGINT;
ALTER TABLE notice ADD COLUMN quantity BIGINT;
ALTER TABLE notice ADD COLUMN amount_minor BIGINT;
ALTER TABLE notice ADD COLUMN currency TEXT;
