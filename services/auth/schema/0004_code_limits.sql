-- Where a code was asked for, so that it no longer counts there once it was used; empty where that is no limit.
ALTER TABLE challenge ADD COLUMN asked_from TEXT NOT NULL DEFAULT '';

-- How far ahead of its pace something is: until when what was taken so far is spread at the pace allowed.
CREATE TABLE pace (
  place TEXT PRIMARY KEY,
  spent_until BIGINT NOT NULL
);
CREATE INDEX pace_age ON pace (spent_until);
