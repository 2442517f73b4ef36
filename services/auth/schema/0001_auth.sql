CREATE TABLE person (
  user_id TEXT PRIMARY KEY,
  phone TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);

-- roles: words separated by spaces.
CREATE TABLE staff (
  user_id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  roles TEXT NOT NULL,
  site_id TEXT,
  failures BIGINT NOT NULL,
  locked_until BIGINT NOT NULL
);

-- A code sent to a phone. Only a keyed hash of the code is kept.
CREATE TABLE challenge (
  challenge_id TEXT PRIMARY KEY,
  phone TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  failures BIGINT NOT NULL,
  used BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX challenge_phone ON challenge (phone, created_at);
CREATE INDEX challenge_age ON challenge (expires_at);

-- A signed-in device: all refresh tokens that grew from one sign-in.
CREATE TABLE family (
  family_id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  audience TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX family_user ON family (user_id);

-- Refresh tokens by their hashes. A used one that comes again revokes its family.
CREATE TABLE refresh (
  token_hash TEXT PRIMARY KEY,
  family_id TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX refresh_age ON refresh (expires_at);
