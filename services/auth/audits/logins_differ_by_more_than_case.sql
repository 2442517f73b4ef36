-- I25 auth.staff
-- No two open accounts have logins that differ by case alone.
SELECT MIN(login) || ' and ' || MAX(login), 'one account', CAST(COUNT(*) AS TEXT)
  FROM auth.staff
 WHERE disabled_at IS NULL
 GROUP BY LOWER(login)
HAVING COUNT(*) > 1;
