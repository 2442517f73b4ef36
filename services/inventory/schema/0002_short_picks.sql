-- Units of a paid order that were not there. Their rights are granted no more:
-- stock.granted = the sum of its grants, less the sum of these.
CREATE TABLE short_pick (
  order_id TEXT NOT NULL,
  short_id TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  at BIGINT NOT NULL,
  PRIMARY KEY (order_id, short_id)
);
CREATE INDEX short_pick_sku ON short_pick (sku_id, site_id);

-- What came into the hold for them.
CREATE TABLE short_replacement (
  order_id TEXT NOT NULL,
  short_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, short_id, site_id)
);
