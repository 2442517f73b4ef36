-- I17 orders.short_pick
-- A short pick cancels its own units.
SELECT s.order_id || ' ' || s.short_id,
       CAST(s.cancelled AS TEXT) || ' for ' || CAST(s.refund_minor AS TEXT),
       CAST(COALESCE(i.units, 0) AS TEXT) || ' for ' || CAST(COALESCE(i.sum, 0) AS TEXT)
  FROM orders.short_pick s
  LEFT JOIN (SELECT order_id, short_id, COUNT(*) AS units, SUM(price_minor) AS sum FROM orders.item
              WHERE short_id IS NOT NULL GROUP BY order_id, short_id) i
         ON i.order_id = s.order_id AND i.short_id = s.short_id
 WHERE s.cancelled <> COALESCE(i.units, 0) OR s.refund_minor <> COALESCE(i.sum, 0)
    OR (s.state <> ${ShortState.OPEN} AND s.replaced + s.cancelled <> s.quantity);
