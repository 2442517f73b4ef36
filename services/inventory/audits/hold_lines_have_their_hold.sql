-- I3 inventory.hold_line
-- Every line of a hold has its hold.
SELECT l.order_id || ' attempt ' || CAST(l.attempt AS TEXT), 'a hold', 'none'
  FROM inventory.hold_line l
  LEFT JOIN inventory.hold h ON h.order_id = l.order_id AND h.attempt = l.attempt
 WHERE h.order_id IS NULL;
