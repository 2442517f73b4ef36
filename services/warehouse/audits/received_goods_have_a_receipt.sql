-- I1 warehouse.movement
-- Goods that were received have their receipt.
SELECT m.movement_id, 'receipt ' || m.document, 'none'
  FROM warehouse.movement m
  LEFT JOIN warehouse.receipt r ON r.receipt_id = m.document AND r.site_id = m.site_id
 WHERE m.kind = 'received' AND r.receipt_id IS NULL;
