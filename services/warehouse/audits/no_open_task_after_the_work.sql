-- I6 warehouse.pick_task
-- No task is open once the work on its order is over.
SELECT t.task_id || ' of ' || t.order_id, 'no open task', 'the work for the order is over'
  FROM warehouse.pick_task t JOIN warehouse.pick_order w ON w.order_id = t.order_id
 WHERE t.status = ${TaskStatus.OPEN} AND w.state IN (${PickState.PACKED}, ${PickState.CANCELLED});
