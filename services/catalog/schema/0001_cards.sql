CREATE TABLE category (
  category_id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  parent_id TEXT
);

-- Lists (attributes, images, options) are texts whose parts are divided by the control character 31.
CREATE TABLE product (
  product_id TEXT PRIMARY KEY,
  seller_id TEXT NOT NULL,
  vendor_code TEXT NOT NULL,
  category_id TEXT NOT NULL,
  title TEXT NOT NULL,
  brand TEXT NOT NULL,
  description TEXT NOT NULL,
  attributes TEXT NOT NULL,
  images TEXT NOT NULL,
  rating DOUBLE PRECISION NOT NULL,
  rating_count BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX product_category ON product (category_id);
CREATE UNIQUE INDEX product_vendor_code ON product (seller_id, vendor_code) WHERE vendor_code <> '';

-- The current price is here; `price` has all there were.
CREATE TABLE sku (
  sku_id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL,
  position BIGINT NOT NULL,
  options TEXT NOT NULL,
  barcode TEXT NOT NULL,
  weight_g BIGINT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor > 0),
  old_price_minor BIGINT CHECK (old_price_minor > 0),
  currency TEXT NOT NULL,
  price_version BIGINT NOT NULL
);
CREATE INDEX sku_product ON sku (product_id, position);
CREATE UNIQUE INDEX sku_barcode ON sku (barcode) WHERE barcode <> '';

CREATE TABLE price (
  sku_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor > 0),
  old_price_minor BIGINT,
  currency TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (sku_id, version)
);

-- What inventory last told of a SKU; it may tell before the card is here.
CREATE TABLE sku_stock (
  sku_id TEXT PRIMARY KEY,
  in_stock BIGINT NOT NULL,
  version BIGINT NOT NULL
);

-- `version` grows with every change of what the search index knows of a product; `indexed` is the one it has.
CREATE TABLE indexing (
  product_id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  indexed BIGINT NOT NULL
);
CREATE INDEX indexing_due ON indexing (product_id) WHERE version > indexed;
