-- I25 auth.recovery_code
-- Recovery codes belong to an account.
SELECT DISTINCT o.user_id, 'an account', 'none'
  FROM auth.recovery_code o
 WHERE NOT EXISTS (SELECT 1 FROM auth.staff s WHERE s.user_id = o.user_id);
