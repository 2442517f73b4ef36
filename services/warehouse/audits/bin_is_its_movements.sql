-- I1 warehouse.bin_stock
-- The numbers of a bin are the sums of its movements.
SELECT k.sku_id || ' at ' || k.site_id || ' in ' || k.bin,
       'on hand ' || CAST(COALESCE(m.came, 0) AS TEXT)
       || ' reserved ' || CAST(COALESCE(m.reserved, 0) AS TEXT)
       || ' picked ' || CAST(COALESCE(m.picked, 0) AS TEXT)
       || ' quarantined ' || CAST(COALESCE(m.quarantined, 0) AS TEXT),
       COALESCE('on hand ' || CAST(b.on_hand AS TEXT)
                || ' reserved ' || CAST(b.reserved AS TEXT)
                || ' picked ' || CAST(b.picked AS TEXT)
                || ' quarantined ' || CAST(b.quarantined AS TEXT),
                'no such bin')
  FROM (SELECT site_id, sku_id, bin FROM warehouse.bin_stock
        UNION SELECT site_id, sku_id, bin FROM warehouse.movement) k
  LEFT JOIN warehouse.bin_stock b ON b.site_id = k.site_id AND b.sku_id = k.sku_id AND b.bin = k.bin
  LEFT JOIN (SELECT site_id, sku_id, bin,
                    SUM(CASE WHEN kind IN ('received', 'quarantined') THEN quantity
                             WHEN kind IN ('written_off', 'moved_out', 'receipt_undone') THEN -quantity
                             ELSE 0 END) AS came,
                    SUM(CASE WHEN kind = 'reserved' THEN quantity
                             WHEN kind IN ('unreserved', 'picked', 'written_off', 'moved_out') THEN -quantity
                             ELSE 0 END) AS reserved,
                    SUM(CASE kind WHEN 'quarantined' THEN quantity ELSE 0 END) AS quarantined,
                    SUM(CASE kind WHEN 'picked' THEN quantity WHEN 'unpicked' THEN -quantity
                                  ELSE 0 END) AS picked
               FROM warehouse.movement GROUP BY site_id, sku_id, bin) m
         ON m.site_id = k.site_id AND m.sku_id = k.sku_id AND m.bin = k.bin
 WHERE b.bin IS NULL OR b.on_hand <> COALESCE(m.came, 0) OR b.reserved <> COALESCE(m.reserved, 0)
    OR b.picked <> COALESCE(m.picked, 0) OR b.quarantined <> COALESCE(m.quarantined, 0);
