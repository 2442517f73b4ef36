-- disabled_at: null while the account may be used. handed_until: a password that somebody else gave works until
-- then, and its owner changes it first of all; null once that was done. demo: refused where no sandbox runs.
-- Until now only demos had staff.
ALTER TABLE staff ADD COLUMN disabled_at BIGINT;
ALTER TABLE staff ADD COLUMN handed_until BIGINT;
ALTER TABLE staff ADD COLUMN demo BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN signed_in_at BIGINT;
UPDATE staff SET demo = 1;
ALTER TABLE staff DROP COLUMN failures;
ALTER TABLE staff DROP COLUMN locked_until;

-- Wrong passwords of late, by a keyed hash of what was tried from where.
CREATE TABLE attempt (
  place TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  free_at BIGINT NOT NULL,
  forget_at BIGINT NOT NULL
);
CREATE INDEX attempt_age ON attempt (forget_at);

-- A browser in which somebody has signed in before: strangers' wrong passwords do not slow it down.
CREATE TABLE staff_device (
  device_hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX staff_device_user ON staff_device (user_id);
CREATE INDEX staff_device_age ON staff_device (expires_at);
