-- I20 orders.short_pick
-- A short pick is settled, or has a job that settles it.
SELECT s.order_id || ' ' || s.short_id, 'settled, or a job', ${ShortState(s.state)}
  FROM orders.short_pick s
 WHERE s.state IN (${ShortState.OPEN}, ${ShortState.DECIDED})
   AND NOT EXISTS (SELECT 1 FROM orders.jobs j
                    WHERE j.key = s.order_id AND j.type = 'orders.SettleShorts' AND j.dead_at IS NULL);
