-- What ends access tokens before their time: a session (family_id), or all sessions of a person that began
-- before a moment. A row stays until no token that it is about can be alive. Numbers follow the commits:
-- whoever takes one holds the counter's row until it has committed.
CREATE TABLE revocation (
  seq BIGINT PRIMARY KEY,
  family_id TEXT,
  user_id TEXT,
  before_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
CREATE INDEX revocation_age ON revocation (ends_at);
CREATE TABLE revocation_count (one BIGINT PRIMARY KEY, last BIGINT NOT NULL);
INSERT INTO revocation_count (one, last) VALUES (1, 0);
