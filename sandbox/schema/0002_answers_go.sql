-- So that answers can go when nobody asks for them again; those of before go at once.
ALTER TABLE bank_answers ADD COLUMN kept_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX bank_answers_age ON bank_answers (kept_at);
