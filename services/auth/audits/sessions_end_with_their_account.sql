-- I25 auth.family
-- No session belongs to an account that is shut or gone.
SELECT f.family_id || ' of ' || COALESCE(s.login, f.user_id), 'ended', 'open'
  FROM auth.family f LEFT JOIN auth.staff s ON s.user_id = f.user_id
 WHERE f.audience = 'ops' AND f.revoked_at IS NULL AND (s.user_id IS NULL OR s.disabled_at IS NOT NULL);
