-- An order may have several payments, one after another: its attempts. attempt_key: of the request that began it; '' of
-- the first. wish 2: end it unless the buyer has confirmed it. unanswered_since: since then the bank has not said how it
-- stands.
ALTER TABLE payment ADD COLUMN number BIGINT NOT NULL DEFAULT 1;
ALTER TABLE payment ADD COLUMN attempt_key TEXT NOT NULL DEFAULT '';
ALTER TABLE payment ADD COLUMN asked_at BIGINT;
ALTER TABLE payment ADD COLUMN unanswered_since BIGINT;
