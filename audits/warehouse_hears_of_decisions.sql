-- I20 warehouse.pick_short
-- The warehouse has heard what orders decided about a short pick.
SELECT w.order_id || ' ' || w.short_id,
       CASE WHEN s.state <> ${ShortState.OPEN} THEN 'decided' ELSE 'undecided' END,
       CASE WHEN w.decided = 1 THEN 'decided' ELSE 'undecided' END
  FROM warehouse.pick_short w
  JOIN orders.short_pick s ON s.order_id = w.order_id AND s.short_id = w.short_id
 WHERE w.decided <> CASE WHEN s.state <> ${ShortState.OPEN} THEN 1 ELSE 0 END
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.PickShortDecided'
                      AND o.key = w.order_id);
