-- I6 inventory.short_pick
-- Inventory strikes off only goods that are missing.
SELECT m.order_id || ' ' || m.short_id, 'a short pick', 'none'
  FROM inventory.short_pick m
  LEFT JOIN orders.short_pick s ON s.order_id = m.order_id AND s.short_id = m.short_id
 WHERE s.short_id IS NULL;
