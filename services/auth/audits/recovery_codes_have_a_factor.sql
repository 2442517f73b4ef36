-- I25 auth.recovery_code
-- Recovery codes stand in for a second factor.
SELECT c.user_id, 'a second factor', CAST(COUNT(*) AS TEXT) || ' recovery codes alone'
  FROM auth.recovery_code c
 WHERE NOT EXISTS (SELECT 1 FROM auth.totp t WHERE t.user_id = c.user_id AND t.confirmed_at IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM auth.passkey p WHERE p.user_id = c.user_id)
 GROUP BY c.user_id;
