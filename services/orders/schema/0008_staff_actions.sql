-- What staff did to orders, and why. kind, state as in orders.proto; units: an encoded StaffActionRequest of them alone.
CREATE TABLE staff_action (
  action_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  kind BIGINT NOT NULL,
  state BIGINT NOT NULL,
  units BYTEA NOT NULL,
  reason TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  at BIGINT NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX staff_action_order ON staff_action (order_id);
-- A request that is sent again is the action that it began.
CREATE UNIQUE INDEX staff_action_key ON staff_action (by_whom, key);
