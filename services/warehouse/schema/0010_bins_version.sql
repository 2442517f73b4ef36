-- How often the plans of a site's bins have changed. A change that is based on an older version is refused.
ALTER TABLE site ADD COLUMN bins_version BIGINT NOT NULL DEFAULT 0;
