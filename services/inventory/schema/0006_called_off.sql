-- Units of a paid order that were not wanted any more: their rights are free again, and stay granted.
ALTER TABLE short_pick ADD COLUMN for_sale BIGINT NOT NULL DEFAULT 0;
