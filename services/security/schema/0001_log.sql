-- Rows are only ever added, and only the oldest are taken away when their time is over. hash is SHA-256 over
-- prev_hash, seq, at, kind, principal, address, subject, detail and times, each as its length in bytes, ":" and its
-- text.
CREATE TABLE entry (
  seq BIGINT PRIMARY KEY,
  prev_hash TEXT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  principal TEXT NOT NULL,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  times BIGINT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX entry_kind ON entry (kind, seq);
CREATE INDEX entry_principal ON entry (principal, seq);
CREATE INDEX entry_address ON entry (address, seq);
CREATE INDEX entry_subject ON entry (subject, seq);

-- The two ends of the chain: what was dropped last, and what was appended last. Whoever appends holds the row of
-- the end until it has committed.
CREATE TABLE chain_end (
  name TEXT PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO chain_end (name, seq, hash) VALUES ('first', 0, ''), ('last', 0, '');
