-- I2 inventory.stock
-- No number of sell rights is below zero.
SELECT sku_id || ' at ' || site_id, 'none below 0',
       'granted ' || CAST(granted AS TEXT) || ' held ' || CAST(held AS TEXT)
       || ' spent ' || CAST(spent AS TEXT)
  FROM inventory.stock
 WHERE granted < 0 OR held < 0 OR spent < 0 OR granted - held - spent < 0;
