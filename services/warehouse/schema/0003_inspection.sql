-- What a SKU and a task went through. Movements are written when the news of a paid order has come, not when it is sold.
CREATE INDEX movement_sku ON movement (sku_id, movement_id);
CREATE INDEX scan_task ON scan (task_id);
