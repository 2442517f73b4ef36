-- I6 inventory.short_pick
-- Missing goods are not for sale.
-- What is decided is off inventory's books, with as much in its place.
SELECT s.order_id || ' ' || s.short_id,
       CAST(s.quantity AS TEXT) || ' struck ' || CAST(s.replaced AS TEXT) || ' replaced',
       COALESCE(CAST(m.quantity AS TEXT), 'none') || ' struck ' || CAST(COALESCE(r.units, 0) AS TEXT)
       || ' replaced'
  FROM orders.short_pick s
  LEFT JOIN inventory.short_pick m ON m.order_id = s.order_id AND m.short_id = s.short_id
        AND m.sku_id = s.sku_id AND m.site_id = s.site_id
  LEFT JOIN (SELECT order_id, short_id, SUM(quantity) AS units FROM inventory.short_replacement
              GROUP BY order_id, short_id) r ON r.order_id = s.order_id AND r.short_id = s.short_id
 WHERE s.state <> ${ShortState.OPEN}
   AND (m.quantity IS NULL OR m.quantity <> s.quantity
        OR m.for_sale <> CASE s.reason WHEN ${warehouse.ShortReason.CALLED_OFF} THEN 1 ELSE 0 END
        OR COALESCE(r.units, 0) <> s.replaced);
