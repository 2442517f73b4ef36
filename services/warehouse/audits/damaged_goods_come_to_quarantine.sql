-- I1 warehouse.movement
-- Damaged goods that leave a bin come to quarantine.
SELECT m.document || ' ' || m.sku_id || ' at ' || m.site_id, CAST(SUM(m.left_bin) AS TEXT),
       CAST(SUM(m.came) AS TEXT)
  FROM (SELECT document, sku_id, site_id, CASE kind WHEN 'moved_out' THEN quantity ELSE 0 END AS left_bin,
               CASE kind WHEN 'quarantined' THEN quantity ELSE 0 END AS came
          FROM warehouse.movement WHERE kind IN ('moved_out', 'quarantined')) m
 GROUP BY m.document, m.sku_id, m.site_id HAVING SUM(m.left_bin) <> SUM(m.came);
