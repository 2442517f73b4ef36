-- Grants come with receipts, a few an hour: staff may look them up by SKU.
CREATE INDEX sell_grant_sku ON sell_grant (sku_id, site_id, epoch, seq);
