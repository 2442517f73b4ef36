-- An order had one payment.
ALTER TABLE payment DROP CONSTRAINT payment_order_id_key;
ALTER TABLE payment ADD CONSTRAINT payment_order_id_number_key UNIQUE (order_id, number);
