-- I25 auth.passkey
-- A passkey belongs to an account.
SELECT DISTINCT o.user_id, 'an account', 'none'
  FROM auth.passkey o
 WHERE NOT EXISTS (SELECT 1 FROM auth.staff s WHERE s.user_id = o.user_id);
