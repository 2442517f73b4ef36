-- SQLite keeps a table in the order of a number of its own, and a key of text in a second tree beside it, unless it is
-- told otherwise. Stored by their keys these tables take one tree less to write. PostgreSQL has nothing of the kind.

CREATE TABLE feed_by_key (
  user_id TEXT PRIMARY KEY,
  last_seq BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO feed_by_key SELECT * FROM feed;
DROP TABLE feed;
ALTER TABLE feed_by_key RENAME TO feed;

CREATE TABLE notice_by_key (
  user_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  type TEXT NOT NULL,
  order_id TEXT NOT NULL,
  status BIGINT NOT NULL,
  at BIGINT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  change BIGINT,
  quantity BIGINT,
  amount_minor BIGINT,
  currency TEXT,
  PRIMARY KEY (user_id, seq)
) WITHOUT ROWID;
INSERT INTO notice_by_key SELECT * FROM notice;
DROP TABLE notice;
ALTER TABLE notice_by_key RENAME TO notice;
