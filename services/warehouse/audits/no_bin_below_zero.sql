-- I2 warehouse.bin_stock
-- No number of a bin is below zero.
SELECT sku_id || ' at ' || site_id || ' in ' || bin, 'none below 0',
       'on hand ' || CAST(on_hand AS TEXT) || ' reserved ' || CAST(reserved AS TEXT)
       || ' picked ' || CAST(picked AS TEXT) || ' quarantined ' || CAST(quarantined AS TEXT)
  FROM warehouse.bin_stock
 WHERE on_hand < 0 OR reserved < 0 OR picked < 0 OR quarantined < 0
    OR on_hand - reserved - picked - quarantined < 0;
