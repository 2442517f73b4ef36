-- Which of its order's parcels a packed task has made: it stays what its label says, whatever becomes of the other tasks.
ALTER TABLE pick_task ADD COLUMN parcel BIGINT;
UPDATE pick_task SET parcel = (SELECT COUNT(*) FROM pick_task AS other WHERE other.order_id = pick_task.order_id
    AND other.status <> 2 AND other.task_id <= pick_task.task_id)
  WHERE status = 1;
