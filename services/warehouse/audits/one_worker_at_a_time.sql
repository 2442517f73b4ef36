-- I5 warehouse.task_claim
-- A task belongs to one worker at a time.
-- Each claim begins where the claim before ended.
SELECT a.task_id || ' claim ' || CAST(b.number AS TEXT),
       'not before ' || COALESCE(CAST(a.ended_at AS TEXT), 'the end'), CAST(b.since AS TEXT)
  FROM warehouse.task_claim a
  JOIN warehouse.task_claim b ON b.task_id = a.task_id AND b.number = a.number + 1
 WHERE a.ended_at IS NULL OR b.since < a.ended_at;
