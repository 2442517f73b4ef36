-- I25 auth.staff
-- A password is kept as a hash.
SELECT login, 'an Argon2id hash', CASE WHEN password_hash = '' THEN 'none' ELSE 'something else' END
  FROM auth.staff
 WHERE password_hash NOT LIKE '$argon2id$%';
