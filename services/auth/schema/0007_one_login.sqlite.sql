-- Logins are lower case. Old accounts whose logins differ by case alone keep them: their owners go on signing in, and
-- `bramble check` names them until all but one are disabled.
UPDATE staff SET login = LOWER(login)
 WHERE login <> LOWER(login)
   AND NOT EXISTS (SELECT 1 FROM staff other WHERE other.user_id <> staff.user_id AND LOWER(other.login) = LOWER(staff.login));
