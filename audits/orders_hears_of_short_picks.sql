-- I20 orders.short_pick
-- Orders has heard of every short pick of the warehouse.
SELECT w.order_id || ' ' || w.short_id, CAST(w.quantity AS TEXT) || ' of ' || w.sku_id || ' at ' || w.site_id,
       COALESCE(CAST(s.quantity AS TEXT) || ' of ' || s.sku_id || ' at ' || s.site_id, 'none')
  FROM warehouse.pick_short w
  LEFT JOIN orders.short_pick s ON s.order_id = w.order_id AND s.short_id = w.short_id
 WHERE (s.short_id IS NULL OR s.quantity <> w.quantity OR s.sku_id <> w.sku_id OR s.site_id <> w.site_id)
   AND NOT EXISTS (SELECT 1 FROM warehouse.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'warehouse.PickShort' AND o.key = w.order_id);
