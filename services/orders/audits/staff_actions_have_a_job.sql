-- I16 orders.staff_action
-- An action that staff began has a job until it ends.
SELECT a.order_id || ' ' || a.action_id, 'done, refused or failed', 'under way without a job'
  FROM orders.staff_action a
 WHERE a.state = ${StaffActionState.WISHED}
   AND NOT EXISTS (SELECT 1 FROM orders.jobs j
                    WHERE j.type = 'orders.FinishStaffActions' AND j.key = a.order_id);
