-- I13 orders.item
-- An item was sold at its price of the version it names.
SELECT i.order_id || ' ' || i.item_id, COALESCE(CAST(c.price_minor AS TEXT), 'no such version of the price'),
       CAST(i.price_minor AS TEXT) || ' version ' || CAST(i.price_version AS TEXT)
  FROM orders.item i LEFT JOIN catalog.price c ON c.sku_id = i.sku_id AND c.version = i.price_version
 WHERE c.price_minor IS NULL OR c.price_minor <> i.price_minor;
