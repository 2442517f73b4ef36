-- What staff look for among the exceptions; an ordinary payment is in none of these.
CREATE INDEX webhook_unapplied ON webhook (received_at) WHERE applied = 0;
CREATE INDEX posting_suspense ON posting (account, entry_id) WHERE substr(account, 1, 9) = 'suspense:';
