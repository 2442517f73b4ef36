-- How many notices each user has had.
CREATE TABLE feed (
  user_id TEXT PRIMARY KEY,
  last_seq BIGINT NOT NULL
);

-- One notice per (event, user): the consumer's inbox record sees to it. status: orders.OrderStatus.
CREATE TABLE notice (
  user_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  type TEXT NOT NULL,
  order_id TEXT NOT NULL,
  status BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (user_id, seq)
);
