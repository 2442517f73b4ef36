-- Support looks for goods by the article, whoever sells them.
CREATE INDEX product_article ON product (lower(vendor_code)) WHERE vendor_code <> '';
