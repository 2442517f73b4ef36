-- I1 warehouse.movement
-- Goods move only in known ways.
SELECT movement_id, 'a known kind', kind || ' ' || CAST(quantity AS TEXT)
  FROM warehouse.movement
 WHERE quantity <= 0
    OR kind NOT IN ('received', 'reserved', 'unreserved', 'picked', 'unpicked', 'written_off', 'moved_out',
                    'quarantined', 'receipt_undone');
