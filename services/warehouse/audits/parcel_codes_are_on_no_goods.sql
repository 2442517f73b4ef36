-- I5 warehouse.pick_task
-- No goods carry the barcode of a parcel.
SELECT t.task_id, 'a code of its own', t.package_barcode || ', which stands on ' || l.sku_id
  FROM warehouse.pick_task t JOIN warehouse.label l ON l.barcode = t.package_barcode;
