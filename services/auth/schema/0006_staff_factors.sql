-- Second factors of staff. A secret of TOTP is sealed with a key that is not in this database; last_step is the
-- last code that was used, null confirmed_at one that was begun and never proven.
CREATE TABLE totp (
  user_id TEXT PRIMARY KEY,
  sealed_secret TEXT NOT NULL,
  confirmed_at BIGINT,
  last_step BIGINT NOT NULL
);
CREATE TABLE recovery_code (
  user_id TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  PRIMARY KEY (user_id, code_hash)
);
CREATE TABLE passkey (
  credential_id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  algorithm BIGINT NOT NULL,
  public_key TEXT NOT NULL,
  sign_count BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX passkey_user ON passkey (user_id);

-- What somebody who has given the password, or is signed in, has still to prove: once, and soon. `random` is
-- what an authenticator signs.
CREATE TABLE proof (
  challenge_id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  random TEXT NOT NULL,
  keep_device BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX proof_user ON proof (user_id);
CREATE INDEX proof_age ON proof (expires_at);
