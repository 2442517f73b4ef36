-- I1 warehouse.pick_line
-- Every missing unit was reported.
SELECT l.task_id || ' line ' || CAST(l.line AS TEXT), CAST(COALESCE(s.units, 0) AS TEXT),
       CAST(l.missing AS TEXT)
  FROM warehouse.pick_line l
  LEFT JOIN (SELECT task_id, line, SUM(quantity) AS units FROM warehouse.pick_short GROUP BY task_id, line) s
         ON s.task_id = l.task_id AND s.line = l.line
 WHERE l.missing <> COALESCE(s.units, 0) OR l.picked + l.missing > l.quantity;
