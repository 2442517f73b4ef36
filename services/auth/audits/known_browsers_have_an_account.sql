-- I25 auth.staff_device
-- A known browser belongs to an account.
SELECT DISTINCT o.user_id, 'an account', 'none'
  FROM auth.staff_device o
 WHERE NOT EXISTS (SELECT 1 FROM auth.staff s WHERE s.user_id = o.user_id);
