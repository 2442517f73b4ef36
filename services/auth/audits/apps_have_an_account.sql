-- I25 auth.totp
-- An authenticator app belongs to an account.
SELECT DISTINCT o.user_id, 'an account', 'none'
  FROM auth.totp o
 WHERE NOT EXISTS (SELECT 1 FROM auth.staff s WHERE s.user_id = o.user_id);
