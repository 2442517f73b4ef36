-- Orders whose time to pay comes to its end, the first to end first: looked at every second.
CREATE INDEX purchase_ending ON purchase (expires_at, order_id) WHERE status = 1;
