-- When a terminal says that something was done, by its own clock; NULL if it did not say. `at` is the server's time.
ALTER TABLE scan ADD COLUMN device_at BIGINT;
ALTER TABLE pick_short ADD COLUMN device_at BIGINT;
