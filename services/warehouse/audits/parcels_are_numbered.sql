-- I5 warehouse.pick_task
-- Each parcel of an order has a number of its own.
SELECT order_id || ' parcel ' || COALESCE(CAST(parcel AS TEXT), 'without a number'), '1',
       CAST(COUNT(*) AS TEXT)
  FROM warehouse.pick_task
 WHERE status = ${TaskStatus.DONE}
 GROUP BY order_id, parcel HAVING COUNT(*) > 1 OR parcel IS NULL;
