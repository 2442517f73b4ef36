-- Rights that went back to the site that had granted them, since a receipt was undone:
-- stock.granted = the sum of its grants, less those of short_pick and these.
CREATE TABLE withdrawal (
  site_id TEXT NOT NULL,
  document TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  at BIGINT NOT NULL,
  PRIMARY KEY (site_id, document, sku_id)
);
CREATE INDEX withdrawal_sku ON withdrawal (sku_id, site_id);
