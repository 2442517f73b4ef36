-- I1 warehouse.pick_short
-- A short pick has moved its goods.
-- What was not found, and where other goods lay, is written off; damaged goods move to quarantine; what was
-- called off stays where it lies, for others. Without a bin there was nothing to move.
SELECT s.short_id,
       CASE s.reason WHEN ${ShortReason.DAMAGED} THEN 'moved_out '
                     WHEN ${ShortReason.CALLED_OFF} THEN 'put back '
                     ELSE 'written_off ' END || CAST(s.quantity AS TEXT),
       COALESCE(m.kind || ' ' || CAST(m.quantity AS TEXT), 'nothing moved')
  FROM warehouse.pick_short s
  LEFT JOIN warehouse.movement m ON m.document = s.short_id AND m.site_id = s.site_id AND m.sku_id = s.sku_id
        AND m.bin = s.bin AND m.kind IN ('written_off', 'moved_out', 'unreserved', 'unpicked')
 WHERE s.bin <> ''
   AND (m.quantity IS NULL OR m.quantity <> s.quantity
        OR (s.reason = ${ShortReason.CALLED_OFF} AND m.kind NOT IN ('unreserved', 'unpicked'))
        OR (s.reason <> ${ShortReason.CALLED_OFF}
            AND m.kind <> CASE s.reason WHEN ${ShortReason.DAMAGED} THEN 'moved_out' ELSE 'written_off' END));
